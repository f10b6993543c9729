"""Attack a ledger with real processes: `python -m tests.faults --rounds 1000` kills writers while they write."""

from __future__ import annotations

from random import Random, SystemRandom

import click

from tests.faults import contest, crash, hard_places


@click.command()
@click.option("--rounds", type=click.IntRange(0), default=0, help="Rounds of writers that are killed.")
@click.option("--writers", type=click.IntRange(2), help="So many compete for the same serials.")
@click.option("--each", type=click.IntRange(1), default=500, help="How many serials each of them asks for.")
@click.option("--small-disks", is_flag=True, help="Disks without room, limits, media that cannot be written.")
@click.option("--seed", type=int, help="Do the same again; random when not given.")
def main(rounds: int, writers: int | None, each: int, seed: int | None, *, small_disks: bool) -> None:
    """Print what happened, with the seed; ends with an error when a promise is broken."""
    if seed is None:
        seed = SystemRandom().randrange(10**9)
    click.echo(f"seed {seed}")
    if rounds:
        for what, often in sorted(crash.run(rounds, Random(seed)).items()):  # noqa: S311 - to be repeatable, not secret
            click.echo(f"{often:7} {what}")
    if writers is not None:
        outcome = contest.run(writers, each, seed)
        click.echo(f"{outcome.entries} entries, {outcome.products} products; {outcome.won} won, {outcome.lost} lost")
        click.echo(f"nobody waited longer than {outcome.longest_wait:.3f} s")
    if small_disks:
        for line in hard_places.run():
            click.echo(line)


if __name__ == "__main__":
    main()
