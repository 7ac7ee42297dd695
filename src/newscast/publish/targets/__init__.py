"""The show's folder -> where listeners are: a folder, S3-compatible storage, an SFTP server."""
