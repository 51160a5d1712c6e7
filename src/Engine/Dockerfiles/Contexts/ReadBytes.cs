namespace Plimsoll.Engine.Dockerfiles.Contexts;

/// <summary>How much of each folder steps read.</summary>
internal sealed class ReadBytes
{
    readonly Dictionary<ContextFolder, (long Bytes, long Files, UseState Use)> _folders = [];

    public ReadBytes(BuildContext context, IReadOnlyList<ContextUse> uses)
    {
        var (bytes, files) = In(context.Root, UseState.Root(uses));
        All = new(bytes, files);
    }

    public ContextSum All { get; }

    public long Of(ContextFolder folder) => _folders[folder].Bytes;

    /// <summary>Whether a step reads a file in it or below, which may be an empty one.</summary>
    public bool IsRead(ContextFolder folder) => _folders[folder].Files > 0;

    public bool Reads(ContextFolder folder, string name) => _folders[folder].Use.Of(folder.PathOf(name), isFolder: false).Reads != 0;

    (long Bytes, long Files) In(ContextFolder folder, UseState use)
    {
        var (bytes, files) = (0L, 0L);
        foreach (var file in folder.Files)
            if (use.Of(folder.PathOf(file.Name), isFolder: false).Reads != 0)
                (bytes, files) = (bytes + file.Bytes, files + 1);
        foreach (var inner in folder.Folders)
        {
            var below = In(inner, use.Of(inner.Path, isFolder: true));
            (bytes, files) = (bytes + below.Bytes, files + below.Files);
        }
        _folders[folder] = (bytes, files, use);
        return (bytes, files);
    }
}
