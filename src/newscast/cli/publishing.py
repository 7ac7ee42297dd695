"""The door to what is out: serve it here, bring it elsewhere."""

import sys
from typing import Annotated

import typer

from newscast.cli.terminal import JsonOption, ShowOption, chosen_show, count, note, print_json, progress

# Rooms are imported inside the commands: other commands should not wait for servers and storage.


app = typer.Typer()


@app.command()
def serve(
    show: ShowOption = None,
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 8000,
    lan: Annotated[bool, typer.Option("--lan", help="Let phones in this network listen, too.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Publish again when something changes.")] = False,
) -> None:
    """Serve the show on this machine, as a podcast app wants it, until Ctrl-C.

    With --lan the feed names this machine, and a QR code brings it to a phone's podcast app before anything
    is public.

    Example: `newscast serve --show examples/show.toml --lan`
    """
    import threading

    import uvicorn

    from newscast.publish.serve import application, here

    chosen = chosen_show(show, needed=True)
    address = f"http://{here() if lan else '127.0.0.1'}:{port}/"
    print(f"page     {address}")
    print(f"feed     {address}feed.xml")
    if lan:
        import segno

        segno.make(f"{address}feed.xml").terminal(out=sys.stderr, compact=True)
    if watch:
        path = chosen.folder / "show.toml" if show is None else show
        threading.Thread(target=_watch, args=(path,), daemon=True).start()
    uvicorn.run(
        application(chosen, local=True),
        host="0.0.0.0" if lan else "127.0.0.1",
        port=port,
        log_level="warning",
    )


def _watch(path: object) -> None:
    """Publish whenever show.toml or an episode is another, for ever; what goes wrong is told."""
    import time
    from datetime import UTC, datetime
    from pathlib import Path

    from newscast.errors import NewscastError
    from newscast.memory.books import locked
    from newscast.publish.release import publish as release
    from newscast.show import load

    told = ""
    while True:
        try:
            show = load(Path(str(path)))
            with locked(show):
                written = release(show, datetime.now(UTC)).written
            told = ""
            if written:
                note(f"{count(len(written), 'new file')}")
        except NewscastError as error:
            if error.message != told:
                told = error.message
                print(f"newscast: {told}", file=sys.stderr)
        time.sleep(2)


@app.command()
def publish(
    show: ShowOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be sent.")] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Make every page anew, also what seems right.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Make pages and feed, and bring them to where show.toml says: a folder, S3 storage, an SFTP server.

    Sound goes first and the feed last, so that a run that is cut off harms nothing; the next one goes on.

    Example: `newscast publish --show /srv/kabar/show.toml --dry-run`
    """
    from datetime import UTC, datetime

    from newscast.memory.books import locked
    from newscast.publish.release import publish as release
    from newscast.publish.targets.bring import bring

    chosen = chosen_show(show, needed=True)
    with locked(chosen):
        if again:
            (chosen.work / "published").unlink(missing_ok=True)
        written = release(chosen, datetime.now(UTC)).written
        if not chosen.publish.to:
            if json:
                print_json({"written": [str(path) for path in written]})
            else:
                print(f"{count(len(written), 'new file')} in {chosen.root}; [publish] names no other place")
            return
        with progress("files sent") as on_file:
            brought = bring(chosen, dry=dry_run, on_file=on_file)
    if json:
        print_json(brought)
        return
    verb = "would be sent" if dry_run else "sent"
    for name in brought.sent if dry_run else ():
        print(f"send     {name}")
    for name in brought.removed if dry_run else ():
        print(f"remove   {name}")
    sent = f"{count(len(brought.sent), 'file')} {verb} ({brought.size / 1e6:.1f} MB)"
    print(f"{sent}, {len(brought.removed)} removed")
    if brought.note:
        note(f"note: {brought.note}")


@app.command(name="import")
def import_(
    feed: Annotated[str, typer.Argument(help="The file or the address of the show's feed as it is.")],
    show: ShowOption = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many, the newest.")] = 100_000,
) -> None:
    """Take over a show from another host: its guids, dates, titles and sound stay as they are.

    What is here already is left; a run that is cut off goes on where it was. Afterwards let the old host
    redirect to the new feed.

    Example: `newscast import https://example.org/podcast/feed.xml --show show.toml`
    """
    from datetime import UTC, datetime
    from itertools import islice

    from newscast.memory.books import locked
    from newscast.publish import store, takeover
    from newscast.publish.manifests import shelf
    from newscast.publish.release import publish as release

    chosen = chosen_show(show, needed=True)
    feeds = takeover.documents(feed)
    guid = takeover.show_guid(feeds, feed)
    if chosen.guid != guid:
        note(f'note: apps know the show as guid = "{guid}"; say so in show.toml')
    with locked(chosen):
        here = {head.guid for head in shelf(chosen.root, chosen.work / "heads").heads}
        wanted = list(islice(takeover.items(feeds, chosen.zone), limit))
        new = [item for item in wanted if item.guid not in here]
        with progress("episodes") as on_episode:
            for done, item in enumerate(reversed(new), 1):
                episode, sound = takeover.take(item)
                stored = store.commit(chosen.root, episode, [sound], None, datetime.now(UTC))
                print(f"taken    {store.folder(chosen.root, stored).name}")
                if on_episode:
                    on_episode(done, len(new))
        release(chosen, datetime.now(UTC))
    note(f"{len(new)} taken over, {len(wanted) - len(new)} were here")
