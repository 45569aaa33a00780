"""A handbook's processes and procedures, read from ordinary Markdown into one typed model."""

__version__ = "0.1.0"
