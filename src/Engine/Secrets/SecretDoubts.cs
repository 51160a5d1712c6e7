using System.Text;
using Plimsoll.Engine.Checks;
using Plimsoll.Engine.Packages;

namespace Plimsoll.Engine.Secrets;

/// <summary>Why a secret in a file is likelier to be nobody's, or everybody's. Nothing is trusted for it: the secret is reported all the same, as of low severity.</summary>
internal sealed class SecretDoubts(PackagedFiles packaged)
{
    /// <summary>Every reason, in the order in which they are given.</summary>
    public static IReadOnlyList<string> Reasons { get; } = [Place, Library, Packaged];

    const string Place = "in a test, an example, documentation or a package";
    const string Library = "in a shared library, as those for its self-tests are";
    const string Packaged = "in a file as a package of the operating system brought it: everybody can have it";

    /// <summary>The reason to doubt; null when there is none.</summary>
    public string? Of(string path, FileSecret secret, int layer)
    {
        if (SecretPlaces.LowersConfidence(path))
            return Place;
        // A key in text is a key that somebody uses, whoever put it there: one that everybody can have is then all the worse.
        if (secret.Rule.IsKey && !secret.InBinary)
            return null;
        if (secret.Rule.IsKey && IsLibrary(path))
            return Library;
        return IsUnchanging(path) && packaged.Has(path, layer) ? Packaged : null;
    }

    static bool IsLibrary(string path) => path.EndsWith(".so", StringComparison.Ordinal) || path.Contains(".so.", StringComparison.Ordinal);

    // Where packages keep what is the same on every machine (Filesystem Hierarchy Standard, section 4.1): not what one configures, as in /etc.
    static bool IsUnchanging(string path)
    {
        var bytes = Encoding.UTF8.GetBytes(path).AsSpan();
        return PathParts.IsUnder(bytes, "usr"u8) && !PathParts.IsUnder(bytes, "usr/local"u8) || PathParts.IsUnder(bytes, "lib"u8) || PathParts.IsUnder(bytes, "bin"u8)
            || PathParts.IsUnder(bytes, "sbin"u8) || PathParts.IsUnder(bytes, "lib64"u8);
    }
}
