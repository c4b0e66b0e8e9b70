"""Jobs that end things: erasing people, completing and purging conversations. They open vault, releases and desk."""
