"""``python -m clearbase``: the command line."""

from clearbase.cli import main

if __name__ == "__main__":
    main()
