"""Configuration by environment, read once, all faults listed at once.

The dashboard process never needs `LOOKFORWARD_VAULT_URL`: only jobs (the command line and the worker)
ask for `Settings.vault_url`.
"""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from data_access.problems import BadConfiguration
from data_access.vocabulary import ActionStatus

PREFIX = "LOOKFORWARD_"


class Settings(BaseSettings):
    """Where this installation keeps its things. Every field is `LOOKFORWARD_` + its name in capitals."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    home: Path = Field(
        default_factory=lambda: user_data_path("lookforward"),
        description="Folder of the vault, the desk, the releases and the keys",
    )
    vault_database: str = Field(
        default="",
        validation_alias=f"{PREFIX}VAULT_URL",
        description="SQLAlchemy URL of the vault; empty: SQLite in the home folder",
    )
    desk_database: str = Field(
        default="",
        validation_alias=f"{PREFIX}DESK_URL",
        description="SQLAlchemy URL of the desk; empty: SQLite in the home folder",
    )
    releases: Path | None = Field(default=None, description="Folder of the releases; empty: in the home folder")
    keys: Path | None = Field(
        default=None, description="Folder of the conversations' keys, outside the databases; empty: in the home folder"
    )
    contact: str = Field(default="", description="Whom readers may ask; printed on pages and exports")
    cookie_secure: bool = Field(
        default=False, description="Set the Secure flag on the sign-in cookie; turn on behind TLS"
    )
    hosts: str = Field(
        default="",
        description="Names the dashboard is reached by behind a proxy, joined by commas; localhost always is",
    )
    base_path: str = Field(
        default="", pattern=r"^[A-Za-z0-9_/-]*$", description="Path below which a proxy shows the dashboard; empty: /"
    )
    idle_minutes: int = Field(default=30, ge=1, le=1440, description="A signed-in visit ends after this long unused")
    organisation_claim: str = Field(
        default="email", description="Which claim of your organisation's sign-in service names the account"
    )
    open_demo: bool = Field(
        default=False,
        description="Let anyone on this computer in as the demo's leader; only on loopback, only with made-up data",
    )
    session_hours: int = Field(default=12, ge=1, le=72, description="A signed-in visit ends after this long at most")

    status_labels: str = Field(
        default="",
        description="Labels beside the plan's status words, as 'on track=Green, at risk=Amber'; empty: words alone",
    )

    @field_validator("status_labels")
    @classmethod
    def _known_statuses(cls, text: str) -> str:
        """Refuse a label for a word that is no status, naming those that are."""
        words = [status.value for status in ActionStatus]
        for status, label in _pairs(text):
            if status not in words or not label:
                raise ValueError(f"'{status}={label}' is not STATUS=LABEL with one of: {', '.join(words)}")
        return text

    @property
    def labels_of_status(self) -> tuple[tuple[str, str], ...]:
        """Pairs of a status of the plan and the label that stands beside it."""
        return _pairs(self.status_labels)

    @property
    def vault_url(self) -> str:
        """URL of the vault. Only jobs may ask."""
        return self.vault_database or f"sqlite:///{self.home / 'vault.db'}"

    @property
    def desk_url(self) -> str:
        """URL of the desk."""
        return self.desk_database or f"sqlite:///{self.home / 'desk.db'}"

    @property
    def host_names(self) -> tuple[str, ...]:
        """Names besides localhost that browsers may ask for; any other is refused (DNS rebinding)."""
        return tuple(name.strip() for name in self.hosts.split(",") if name.strip())

    @property
    def sign_in_file(self) -> Path:
        """TOML file that names the organisation's sign-in service; passwords alone where it is missing."""
        return self.home / "sign-in.toml"

    @property
    def releases_folder(self) -> Path:
        """Folder that holds the numbered releases."""
        return self.releases or self.home / "releases"

    @property
    def scratch_folder(self) -> Path:
        """Folder in which a publish puts votes that are too many for memory; empty between publishes."""
        return self.home / "scratch"

    @property
    def proofs_folder(self) -> Path:
        """Folder of the proofs of grouped releases: what jobs read and no release holds."""
        return self.home / "proofs"

    @property
    def keys_folder(self) -> Path:
        """Folder that holds one pseudonym key per conversation."""
        return self.keys or self.home / "keys"


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    parts = [part.partition("=") for part in text.split(",") if part.strip()]
    return tuple((status.strip(), label.strip()) for status, _, label in parts)


def load_settings() -> Settings:
    """Read the environment.

    Raises `BadConfiguration` naming every variable that is wrong, with what was expected.
    """
    try:
        return Settings()
    except ValidationError as error:
        lines = ["The configuration has faults:"]
        for fault in error.errors():
            name = str(fault["loc"][0])
            variable = name if name.startswith(PREFIX) else PREFIX + name.upper()
            lines.append(f"  {variable}: {fault['msg']}")
        raise BadConfiguration("\n".join(lines)) from None
