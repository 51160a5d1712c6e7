using System.Text;

namespace Plimsoll.Engine.Dockerfiles.Contexts;

/// <summary>A folder of the context, with what a build gets of it. Of a file no more than its name and size is kept.</summary>
public sealed class ContextFolder
{
    readonly byte[] _names;
    readonly long[] _sizes;

    /// <param name="files">In their order.</param>
    internal ContextFolder(string path, IReadOnlyList<ContextFile> files, IReadOnlyList<ContextFolder> folders)
    {
        (Path, Folders) = (path, folders);
        _names = Encoding.UTF8.GetBytes(string.Join('\0', files.Select(file => file.Name)));
        _sizes = [.. files.Select(file => file.Bytes)];
        Bytes = _sizes.Sum() + folders.Sum(folder => folder.Bytes);
        Count = _sizes.Length + folders.Sum(folder => folder.Count);
    }

    /// <summary>From the context's root, which is empty itself.</summary>
    public string Path { get; }

    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>In the order of their names; those with nothing in them that a build gets are not among them.</summary>
    public IReadOnlyList<ContextFolder> Folders { get; }

    /// <summary>Of all files in it and below.</summary>
    public long Bytes { get; }

    /// <summary>Files in it and below.</summary>
    public long Count { get; }

    /// <summary>Those in this folder itself, in the order of their names.</summary>
    public IEnumerable<ContextFile> Files =>
        _sizes.Length == 0 ? [] : Encoding.UTF8.GetString(_names).Split('\0').Zip(_sizes, (name, bytes) => new ContextFile(name, bytes));

    /// <summary>The path of a member.</summary>
    public string PathOf(string name) => Path.Length == 0 ? name : $"{Path}/{name}";
}

/// <param name="Bytes">0 for a link, which is sent as one.</param>
public readonly record struct ContextFile(string Name, long Bytes);

/// <summary>Some files together.</summary>
public sealed record ContextSum(long Bytes, long Files);
