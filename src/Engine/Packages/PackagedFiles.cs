using System.Text;
using Plimsoll.Engine.Files;

namespace Plimsoll.Engine.Packages;

/// <summary>
/// Whether a file is as a package of the operating system brought it: the layer that has the file also has the list in which the package
/// names it. A file that a later layer put in its place is not, although the list still has its path.
/// </summary>
internal sealed class PackagedFiles(IReadOnlyList<LayerIndex> layers)
{
    readonly HashSet<ulong>?[] _owned = new HashSet<ulong>?[layers.Count];

    public bool Has(string path, int layer)
    {
        var owned = _owned[layer] ??= [.. layers[layer].Packages.Values.SelectMany(evidence => evidence.Owned).Select(owned => owned.Hash)];
        if (owned.Count == 0)
            return false;
        var bytes = Encoding.UTF8.GetBytes(path);
        return owned.Contains(OwnedPath.HashOf(bytes))
            // Where /bin and /lib are links into /usr, databases may name a file by either path.
            || owned.Contains(bytes.AsSpan().StartsWith("usr/"u8) ? OwnedPath.HashOf(bytes.AsSpan("usr/"u8.Length)) : OwnedPath.HashOf([.. "usr/"u8, .. bytes]));
    }
}
