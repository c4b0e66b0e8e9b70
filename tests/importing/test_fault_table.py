"""The fifty faults of import and storage: what is done about each, and the tests that show it.

This is the one place to read them. The table is held against the tests: every fault has at least one, each
named test exists in its file and states something.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

TESTS = Path(__file__).parents[1]


class Fault(NamedTuple):
    """One fault: what goes wrong, what is done, and where that is shown (file: names of tests)."""

    what: str
    done: str
    shown: dict[str, tuple[str, ...]]


DELIMITED = "importing/test_delimited_text.py"
ENCODINGS = "importing/test_text_encodings.py"
FAULTS_TESTS = "importing/test_import_faults.py"
KILLS = "importing/test_import_kills.py"
MOMENTS = "importing/test_moments_and_days.py"
ROWS = "importing/test_row_checks.py"
RUNS = "importing/test_import_runs.py"
TEMPLATE = "importing/test_template_import.py"
POLIS = "importing/test_polis_forms.py"
WORKBOOKS = "importing/test_workbooks.py"
MODERATION = "publishing/test_moderation_rules.py"
PROPERTIES = "publishing/test_moderation_properties.py"
POSTGRES = "vault/test_vault_on_postgresql.py"
ENGINE = "vault/test_vault_engine.py"
FORWARD = "vault/test_vault_moves_forward.py"
SAMPLE = "vault/test_kills_sample.py"

FAULTS: dict[str, Fault] = {
    "F01": Fault(
        "kill -9 in the middle of an import",
        "all or nothing: one transaction; nothing is staged on disk that could stay behind",
        {
            KILLS: (
                "test_an_import_killed_at_any_step_left_nothing",
                "test_after_a_kill_the_same_import_goes_through",
            ),
            SAMPLE: (
                "test_imports_killed_at_random_instants_left_nothing_or_everything",
                "test_imports_whose_server_was_killed_left_nothing_or_everything_and_said_so",
            ),
        },
    ),
    "F02": Fault(
        "the disk is full",
        "a message, nothing changed",
        {FAULTS_TESTS: ("test_f02_a_full_disk_is_told_and_nothing_is_changed",)},
    ),
    "F03": Fault(
        "a file takes too much memory, time or space",
        "text and workbooks are read in a child with limits; it dies alone and the file is named",
        {
            FAULTS_TESTS: (
                "test_f03_text_is_read_in_a_child_that_dies_alone",
                "test_f03_text_that_takes_too_long_is_stopped",
                "test_f03_a_file_of_any_size_is_not_even_read",
            ),
            WORKBOOKS: (
                "test_a_reader_that_dies_takes_nothing_with_it",
                "test_a_reader_that_takes_too_long_is_stopped",
            ),
        },
    ),
    "F04": Fault(
        "two imports at once",
        "the second waits, looks again, and brings nothing twice; too long a wait is told",
        {
            FAULTS_TESTS: ("test_f04_imports_at_once_wait_for_each_other",),
            POSTGRES: ("test_two_imports_of_the_same_files_at_once_are_one",),
            RUNS: (
                "test_a_second_writer_waits_for_the_first",
                "test_a_writer_that_waited_too_long_says_that_an_import_runs",
            ),
        },
    ),
    "F05": Fault(
        "a reader during an import",
        "sees one moment throughout; rows appear when their import is committed",
        {
            FAULTS_TESTS: (
                "test_f05_a_reader_sees_one_moment_whatever_is_imported_meanwhile",
                "test_rows_of_an_import_are_seen_only_once_it_is_committed",
            ),
            POSTGRES: (
                "test_a_reader_sees_one_moment_whatever_is_imported_meanwhile",
                "test_rows_of_an_import_are_seen_only_once_it_is_committed",
            ),
        },
    ),
    "F06": Fault(
        "the same file twice",
        "nothing is done; the first import and its time are named",
        {RUNS: ("test_the_same_files_again_change_nothing_and_say_when_they_came",)},
    ),
    "F07": Fault(
        "the same rows in a new file",
        "known rows stay, changed rows are newer versions, both are counted",
        {
            RUNS: (
                "test_the_same_rows_in_another_file_are_all_unchanged",
                "test_a_changed_row_is_a_newer_version_and_the_older_stays",
            )
        },
    ),
    "F08": Fault(
        "a file cut in the middle of a row",
        "refused: no line end after the last row, or a damaged workbook",
        {
            DELIMITED: (
                "test_a_file_without_a_last_line_end_is_refused_because_it_may_be_cut",
                "test_a_file_cut_at_any_byte_is_refused_or_gives_only_whole_rows",
            ),
            WORKBOOKS: ("test_what_is_no_workbook_is_refused",),
        },
    ),
    "F09": Fault("a file cut inside quotes", "refused", {DELIMITED: ("test_a_file_cut_inside_quotes_is_refused",)}),
    "F10": Fault(
        "UTF-16, with a mark or without; damaged UTF-8",
        "decoded; damaged letters are refused",
        {
            ENCODINGS: (
                "test_every_unicode_encoding_gives_the_same_text",
                "test_damaged_utf8_is_refused_instead_of_turned_into_other_letters",
            )
        },
    ),
    "F11": Fault(
        "Windows-1252",
        "read with a notice; bytes that are no text are refused",
        {
            ENCODINGS: (
                "test_windows_letters_are_kept_and_their_reading_is_said",
                "test_bytes_that_are_no_text_are_refused",
            )
        },
    ),
    "F12": Fault(
        "a UTF-8 mark",
        "taken off; the header is clean",
        {
            ENCODINGS: ("test_every_unicode_encoding_gives_the_same_text",),
            DELIMITED: ("test_spellings_of_a_column_meet",),
        },
    ),
    "F13": Fault(
        "NUL, control characters, text made to run backwards",
        "taken out and counted; emoji and joiners stay; composed form",
        {ROWS: ("test_characters_nobody_typed_are_taken_out_and_counted",)},
    ),
    "F14": Fault(
        "another delimiter",
        "comma, semicolon or tab, whichever makes the header ours; none is refused",
        {
            DELIMITED: (
                "test_the_delimiter_is_the_one_that_makes_the_header_ours",
                "test_a_delimiter_that_makes_no_known_column_is_refused",
            )
        },
    ),
    "F15": Fault("the line sep=;", "skipped", {DELIMITED: ("test_the_line_that_tells_excel_the_delimiter_is_no_row",)}),
    "F16": Fault("line ends of CR alone", "end rows", {DELIMITED: ("test_line_ends_of_an_old_macintosh_end_rows",)}),
    "F17": Fault(
        "an empty file, or a header and no rows",
        "refused; an empty table of our own template is left out",
        {
            DELIMITED: ("test_a_header_and_no_rows_is_refused",),
            ENCODINGS: ("test_an_empty_file_is_refused",),
            TEMPLATE: ("test_the_empty_template_reads_as_every_table_left_empty",),
        },
    ),
    "F18": Fault("a column twice", "refused", {DELIMITED: ("test_a_column_that_appears_twice_is_refused",)}),
    "F19": Fault(
        "columns unknown, missing or in another order",
        "order is free, unknown ones are listed, a missing required one refuses the file",
        {
            ROWS: (
                "test_a_missing_required_column_is_a_fault_of_the_file",
                "test_columns_we_do_not_know_are_said_and_not_read",
            ),
            DELIMITED: ("test_spellings_of_a_column_meet",),
        },
    ),
    "F20": Fault(
        "a row with too many or too few cells",
        "set aside, with its cells for whoever asks for the rejects",
        {
            DELIMITED: ("test_a_row_of_the_wrong_length_is_a_fault_of_its_own",),
            POLIS: ("test_unquoted_words_with_commas_are_refused_row_by_row",),
            "importing/test_rejects.py": ("test_rejected_rows_can_be_mended_and_imported",),
        },
    ),
    "F21": Fault(
        "codes that look like numbers",
        "everything is text first: 007 and 1E5 keep their letters",
        {
            DELIMITED: ("test_codes_that_look_like_numbers_keep_their_letters",),
            TEMPLATE: ("test_a_workbook_keeps_codes_letter_for_letter",),
        },
    ),
    "F22": Fault(
        "a type that changes late in the file",
        "everything is text first; one bad cell is one fault",
        {ROWS: ("test_all_faults_are_named_at_once_and_no_value_is_given_away",)},
    ),
    "F23": Fault(
        "day and month that may be exchanged",
        "read as the source declares or the column shows; else --dates is asked for, once a column",
        {
            MOMENTS: ("test_a_column_shows_its_own_order_of_day_and_month",),
            FAULTS_TESTS: (
                "test_f23_a_column_of_dates_that_may_be_read_two_ways_asks_once",
                "test_f23_the_other_answer_gives_the_other_days",
            ),
        },
    ),
    "F24": Fault(
        "epoch seconds and milliseconds, spreadsheet day numbers",
        "by magnitude, within a year of the conversation; else set aside",
        {
            MOMENTS: ("test_exports_write_moments_in_these_ways",),
            FAULTS_TESTS: (
                "test_f24_numbers_are_times_only_near_the_conversation",
                "test_f24_the_window_of_an_earlier_import_holds_for_later_files",
            ),
        },
    ),
    "F25": Fault(
        "the hours that clocks skip and repeat",
        "skipped: set aside; repeated: the earlier, counted in a notice; stored as UTC beside the zone",
        {
            MOMENTS: (
                "test_the_hour_that_clocks_skip_is_not_a_time",
                "test_the_hour_that_clocks_repeat_is_taken_as_the_earlier_and_counted",
            ),
            TEMPLATE: ("test_times_without_an_offset_are_local_to_the_conversation",),
        },
    ),
    "F26": Fault(
        "a workbook that counts days from 1904",
        "followed and said",
        {FAULTS_TESTS: ("test_f26_day_numbers_are_counted_from_where_the_workbook_counts",)},
    ),
    "F27": Fault(
        "a title above the header, footnotes below",
        "the header is found within 20 rows; what is above and below is left out and counted",
        {
            WORKBOOKS: ("test_rows_are_numbered_as_the_spreadsheet_shows_them_below_a_title",),
            FAULTS_TESTS: ("test_f27_a_footnote_below_a_gap_is_left_out_and_counted",),
        },
    ),
    "F28": Fault(
        "formulas",
        "their saved value; without one the row is set aside; none is ever worked out",
        {
            FAULTS_TESTS: (
                "test_f28_a_formula_without_its_value_sets_its_row_aside",
                "test_f28_a_formula_gives_the_value_that_was_saved_with_it",
            )
        },
    ),
    "F29": Fault(
        "several sheets, hidden sheets, hidden rows",
        "the sheet named after a table or that fits one; what was hidden is read and said; two of a kind are refused",
        {
            WORKBOOKS: ("test_rows_are_numbered_as_the_spreadsheet_shows_them_below_a_title",),
            FAULTS_TESTS: (
                "test_f29_hidden_rows_are_read_and_said",
                "test_f29_the_sheet_that_fits_is_found_among_others",
            ),
            TEMPLATE: ("test_one_table_in_two_places_is_refused",),
        },
    ),
    "F30": Fault(
        "as many rows as a sheet can hold",
        "a notice that the file was probably cut; a longer CSV is fine",
        {
            FAULTS_TESTS: (
                "test_f30_a_sheet_filled_to_its_last_row_was_probably_cut",
                "test_f30_a_csv_of_just_as_many_rows_was_probably_cut_and_a_longer_one_is_fine",
            )
        },
    ),
    "F31": Fault(
        "a huge cell",
        "at most 20,000 characters; longer is set aside",
        {ROWS: ("test_text_that_is_too_long_is_refused_at_the_length_given",)},
    ),
    "F32": Fault(
        "a small workbook that claims billions of cells",
        "refused before it is opened; if opened, the child dies alone",
        {
            WORKBOOKS: (
                "test_a_sheet_with_one_cell_in_the_last_corner_is_refused_unopened",
                "test_a_reader_that_dies_takes_nothing_with_it",
            )
        },
    ),
    "F33": Fault(
        "a workbook that unpacks to far more, or has too many parts",
        "refused before it is opened",
        {
            WORKBOOKS: (
                "test_parts_that_unpack_to_far_more_are_refused",
                "test_too_many_parts_are_refused",
            )
        },
    ),
    "F34": Fault(
        "XML that reads other files or grows without end",
        "refused before it is opened",
        {FAULTS_TESTS: ("test_f34_xml_that_declares_entities_is_refused_unopened",)},
    ),
    "F35": Fault(
        "files called what they are not; macros; passwords",
        "refused by their first bytes, saying what to save them as",
        {
            WORKBOOKS: ("test_what_is_no_workbook_is_refused", "test_macros_are_refused"),
            FAULTS_TESTS: (
                "test_f35_a_file_of_another_kind_called_csv_is_refused_by_its_first_bytes",
                "test_f35_an_old_workbook_says_what_to_save_it_as",
            ),
        },
    ),
    "F36": Fault(
        "tricks in the names of files",
        "a name is shown, without control characters and not at any length, and never used as a path",
        {
            WORKBOOKS: ("test_a_name_is_shown_without_control_characters_and_not_at_any_length",),
            FAULTS_TESTS: ("test_f36_a_name_is_shown_and_never_used_as_a_path",),
        },
    ),
    "F37": Fault(
        "a formula in what somebody wrote",
        "kept as it is; made harmless only in files a spreadsheet opens",
        {
            ROWS: ("test_a_formula_in_an_idea_is_text_and_stays_so",),
            "importing/test_rejects.py": ("test_cells_a_spreadsheet_would_run_come_back_as_they_were",),
        },
    ),
    "F38": Fault(
        "one id twice",
        "same content: counted once; other content: both set aside",
        {
            ROWS: (
                "test_the_same_row_twice_counts_once_and_the_later_place_stands",
                "test_one_key_with_two_contents_sets_both_rows_aside",
            )
        },
    ),
    "F39": Fault(
        "a vote on an unknown idea",
        "withheld until the idea arrives",
        {
            POLIS: ("test_votes_on_ideas_nobody_supplied_wait_for_them",),
            MODERATION: ("test_a_vote_on_an_idea_nobody_supplied_is_withheld_until_the_idea_arrives",),
        },
    ),
    "F40": Fault(
        "a vote after removal, after a merge, after the close",
        "withheld as removed; counted on what it was merged into; withheld as closed",
        {
            MODERATION: (
                "test_removing_an_idea_withholds_its_votes",
                "test_a_participant_who_voted_on_two_merged_ideas_counts_once",
                "test_a_vote_cast_after_the_last_day_is_withheld_whatever_became_of_its_idea",
            )
        },
    ),
    "F41": Fault(
        "merges in a circle, into itself, into what was removed; a split of what was merged",
        "rejected with a reason; nothing else changes",
        {
            MODERATION: ("test_an_illegal_event_is_rejected_with_its_reason_and_changes_nothing",),
            PROPERTIES: ("test_rejected_events_carry_a_reason_and_might_as_well_not_have_been",),
        },
    ),
    "F42": Fault(
        "events out of order, of the same moment",
        "ordered by time and sequence, votes by time, import and row; any order of files gives the same; "
        "a clock a day ahead of ours is said",
        {
            MODERATION: (
                "test_votes_of_the_same_millisecond_keep_the_order_of_their_rows",
                "test_an_event_that_an_import_repeats_is_applied_once",
            ),
            PROPERTIES: ("test_the_order_of_files_and_a_second_import_of_the_same_change_nothing",),
            FAULTS_TESTS: ("test_f42_a_clock_that_is_more_than_a_day_ahead_is_said",),
        },
    ),
    "F43": Fault(
        "one person on both of two merged ideas",
        "the later vote stands, the earlier is superseded",
        {MODERATION: ("test_a_participant_who_voted_on_two_merged_ideas_counts_once",)},
    ),
    "F44": Fault(
        "a vote or a count out of range",
        "set aside",
        {
            ROWS: (
                "test_counts_are_whole_and_not_negative",
                "test_all_faults_are_named_at_once_and_no_value_is_given_away",
            )
        },
    ),
    "F45": Fault(
        "no region, an unknown code",
        "kept as not stated and as 'Unknown code'; nobody is dropped",
        {
            ROWS: ("test_a_place_nobody_knows_is_kept_as_one_and_said",),
            FAULTS_TESTS: ("test_f45_a_place_that_is_missing_or_unknown_loses_nobody",),
        },
    ),
    "F46": Fault(
        "boards that merge or are renamed",
        "looked up as they were on the conversation's days, whenever the import is",
        {
            FAULTS_TESTS: ("test_f46_a_board_is_looked_up_on_the_days_of_the_conversation",),
            "reference/test_reference_facts.py": ("test_an_icb_is_found_only_while_it_exists",),
        },
    ),
    "F47": Fault(
        "more attended than there were places; feedback of an unknown session",
        "kept and said",
        {
            FAULTS_TESTS: ("test_f47_more_people_than_places_are_kept_and_said",),
            "importing/test_session_notes.py": ("test_notes_of_a_session_nobody_supplied_are_kept_and_said",),
        },
    ),
    "F48": Fault(
        "a register that is not the 35 actions, a number twice, a date before 2021",
        "refused with what is missing and repeated; what would change is listed",
        {
            "plan/test_plan_register.py": (
                "test_a_register_without_action_12_is_refused_by_name",
                "test_a_register_names_everything_that_is_missing_repeated_and_out_of_range",
                "test_a_date_before_2021_is_refused_with_its_row",
                "test_a_check_says_what_a_load_would_do_and_stores_nothing",
            )
        },
    ),
    "F49": Fault(
        "a vault that is locked, read-only, damaged, older or newer",
        "waits 10 seconds; looked through when opened; copied before it is moved forward; a newer one is refused",
        {
            ENGINE: (
                "test_every_connection_has_the_settings_that_keep_it_whole",
                "test_a_newer_schema_is_refused_and_left_alone",
                "test_a_file_that_is_no_database_is_told_in_plain_words",
                "test_damaged_pages_are_told_in_plain_words",
            ),
            FORWARD: (
                "test_an_older_vault_is_copied_and_then_moved_forward",
                "test_a_vault_with_one_damaged_page_is_not_opened",
                "test_a_read_only_vault_says_so_when_it_is_to_be_written",
            ),
        },
    ),
    "F50": Fault(
        "a clock set back",
        "numbers say which import and which release is the newest, never times",
        {
            FAULTS_TESTS: (
                "test_f50_numbers_and_not_clocks_say_which_import_is_the_newest",
                "test_f50_numbers_and_not_clocks_say_which_release_is_current",
            )
        },
    ),
}


@cache
def functions_in(file: str) -> dict[str, ast.FunctionDef]:
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    return {
        node.name: node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def states_something(test: ast.FunctionDef) -> bool:
    return any(
        isinstance(node, ast.Assert) or (isinstance(node, ast.Attribute) and node.attr == "raises")
        for node in ast.walk(test)
    )


def test_there_are_fifty_faults_and_every_one_is_here():
    assert list(FAULTS) == [f"F{number:02}" for number in range(1, 51)]


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_is_shown_by_tests_that_are_there_and_state_something(fault: str):
    shown = [(file, name) for file, names in FAULTS[fault].shown.items() for name in names]
    assert shown != []
    assert [place for place in shown if place[1] not in functions_in(place[0])] == []
    assert [place for place in shown if not states_something(functions_in(place[0])[place[1]])] == []
