"""The commands for the database of releases; it is loaded where one is asked for alone."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from keeper import words
from keeper.terminal import say
from loaders.language import Language
from loaders.settings import Settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]
T = TypeVar("T")


def add(commands: "Commands", t: Language) -> None:
    """Add `push` and `pull` to the commands."""
    command = commands.add_parser(
        "push",
        help=t("send the package and its kept releases to the database of releases"),
    )
    command.set_defaults(run=_push)
    _replaces(command, t)
    command = commands.add_parser(
        "pull",
        help=t("bring back what the database of releases holds"),
    )
    command.set_defaults(run=_pull)
    command.add_argument(
        "folder",
        metavar="FOLDER",
        nargs="?",
        type=Path,
        help=t("where to write it; without it, in the place of the package"),
    )
    _replaces(command, t)


def everywhere(change: Callable[[Path], T]) -> T:
    """Change the files, and the database of releases if there is one."""
    settings = Settings()
    if not settings.database:
        return change(settings.data)
    from keeper import pushing

    return pushing.everywhere(settings.data, settings.database, settings.keeper_url, change)


def _replaces(command: argparse.ArgumentParser, t: Language) -> None:
    command.add_argument(
        "--replaces",
        default="",
        metavar="STATE",
        help=t("the state whose releases may change or go, as the refusal names it"),
    )


def _push(asked: argparse.Namespace, t: Language) -> int:
    from keeper.pushing import push

    settings = Settings()
    done = push(settings.data, settings.database, settings.keeper_url, asked.replaces)
    say(words.pushed(done.held, t, changed=done.changed))
    return 0


def _pull(asked: argparse.Namespace, t: Language) -> int:
    from keeper.pushing import pull

    settings = Settings()
    folder = asked.folder or settings.data
    done = pull(folder, settings.database, asked.replaces)
    say(words.pulled(done.held, folder, t, changed=done.changed))
    return 0
