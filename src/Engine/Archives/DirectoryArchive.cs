namespace Plimsoll.Engine.Archives;

/// <summary>A directory that holds an unpacked archive or an OCI layout. Only plain files below it are read.</summary>
internal sealed class DirectoryArchive(string root) : IArchive
{
    public ArchiveMember? Find(string path)
    {
        var parts = path.Split('/');
        if (parts.Any(part => part is "" or "." or ".."))
            return null;
        var file = new FileInfo(Path.Combine([root, .. parts]));
        // A link may lead out of the layout; a pipe or a device has no length, and opening it might wait for ever.
        if (!file.Exists || file.LinkTarget is not null || file.Length == 0)
            return null;
        return new ArchiveMember(file.Length, () => new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16));
    }
}
