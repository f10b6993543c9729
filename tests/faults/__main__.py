"""Attack a ledger with real processes: `python -m tests.faults --rounds 1000` kills writers while they write."""

from __future__ import annotations

from random import Random, SystemRandom

import click

from tests.faults import crash


@click.command()
@click.option("--rounds", type=click.IntRange(0), default=0, help="Rounds of writers that are killed.")
@click.option("--seed", type=int, help="Do the same again; random when not given.")
def main(rounds: int, seed: int | None) -> None:
    """Print what happened, with the seed; ends with an error when a promise is broken."""
    if seed is None:
        seed = SystemRandom().randrange(10**9)
    click.echo(f"seed {seed}")
    for what, often in sorted(crash.run(rounds, Random(seed)).items()):  # noqa: S311 - to be repeatable, not secret
        click.echo(f"{often:7} {what}")


if __name__ == "__main__":
    main()
