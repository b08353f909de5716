"""What the checks of databases.two-editors arrange beside the answer: changes within a document, and what is raised."""

import answer


def edit(url, venue, change, attempts):
    """Edit a venue; return the attempts that it took, or the name of what was raised and the document that it names."""
    try:
        return answer.edit(url, venue, change, attempts)
    except Exception as error:
        return type(error).__name__, getattr(error, "last", None)


def edit_in_place(url, venue, name, value):
    """Edit a venue by a change that alters what it is given, a level down, and returns that."""

    def change(document):
        document["contact"][name] = value
        document["lines"].append(value)
        return document

    return answer.edit(url, venue, change, 3)
