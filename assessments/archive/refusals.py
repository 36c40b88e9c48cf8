"""Why an archive is not loaded, in words for whoever tries to."""


class RefusedError(Exception):
    """The message says what is wrong with the file, or with the product it is to be loaded into."""
