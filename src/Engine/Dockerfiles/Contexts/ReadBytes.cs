namespace Plimsoll.Engine.Dockerfiles.Contexts;

/// <summary>How much of each folder steps read.</summary>
internal sealed class ReadBytes
{
    readonly Dictionary<ContextFolder, (long Bytes, UseState Use)> _folders = [];
    long _files;

    public ReadBytes(BuildContext context, IReadOnlyList<ContextUse> uses) => All = new(In(context.Root, UseState.Root(uses)), _files);

    public ContextSum All { get; }

    public long Of(ContextFolder folder) => _folders[folder].Bytes;

    public bool Reads(ContextFolder folder, string name) => _folders[folder].Use.Of(folder.PathOf(name), isFolder: false).Reads != 0;

    long In(ContextFolder folder, UseState use)
    {
        var bytes = 0L;
        foreach (var file in folder.Files)
            if (use.Of(folder.PathOf(file.Name), isFolder: false).Reads != 0)
                (bytes, _files) = (bytes + file.Bytes, _files + 1);
        bytes += folder.Folders.Sum(inner => In(inner, use.Of(inner.Path, isFolder: true)));
        _folders[folder] = (bytes, use);
        return bytes;
    }
}
