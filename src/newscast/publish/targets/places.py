"""An address in show.toml -> the Target that it names."""

from pathlib import Path

from newscast.errors import PublishError
from newscast.publish.targets.target import Target


def open_target(address: str, base: Path, below: str = "") -> Target:
    """The place that an address names. base: of a folder that is no absolute path. below: a folder in it.

    Raises PublishError; one that names a package to install, if that is missing.
    """
    scheme = address.partition("://")[0] if "://" in address else ""
    place = f"{address.rstrip('/')}/{below}" if below else address
    try:
        if scheme == "s3":
            from newscast.publish.targets.s3 import S3Target

            return S3Target(place)
        if scheme == "sftp":
            from newscast.publish.targets.sftp import SftpTarget

            return SftpTarget(place)
    except ModuleNotFoundError as error:
        raise PublishError(
            f"{scheme} needs {error.name}, which is not installed", f"pip install 'newscast[{scheme}]'"
        ) from error
    from newscast.publish.targets.folder import FolderTarget

    return FolderTarget(base / place)
