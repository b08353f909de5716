"""`course lab …`: thin functions that import what they need when they are called."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="Labs: services in containers, from your own copy in work/labs/.")
Name = Annotated[str, typer.Argument(help="the lab's name, such as gate-scanner")]


@app.command()
def up(name: Name) -> None:
    """Build and start a lab from your copy of it; print its addresses when every service is healthy."""
    from course.labs import lab
    from course.labs import run as lab_run

    found = lab.find(name)
    typer.echo(f"Building and starting {name} from {found.work.relative_to(found.root)} …")
    for line in lab_run.up(found):
        typer.echo(line)


@app.command()
def check(
    name: Name,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
) -> None:
    """Try the lab's named behaviours on what is running; its data is emptied for that."""
    from course.judging import render
    from course.labs import lab
    from course.labs import run as lab_run

    found = lab.find(name)
    typer.echo(f"Trying the behaviours of {name} on what is running, half a minute or so …", err=True)
    result = lab_run.check(found)
    typer.echo(render.as_json(result) if as_json else render.as_text(result))
    raise typer.Exit(not result.passed)


@app.command()
def down(name: Name) -> None:
    """Remove a lab's containers, network, image and data; your copy in work/labs/ stays."""
    from course.labs import lab
    from course.labs import run as lab_run

    found = lab.find(name)
    typer.echo(f"Removing what {name} holds: {', '.join(lab_run.held(found)) or 'nothing is there'}.")
    lab_run.down(found)
