using Plimsoll.Engine.Packages.Apk;
using Plimsoll.Engine.Packages.Dpkg;

namespace Plimsoll.Engine.Packages;

/// <summary>The one list of ecosystems.</summary>
internal static class PackageReaders
{
    static readonly IPackageReader[] All = [new DpkgReader(), new ApkReader()];

    public static bool Wants(ReadOnlySpan<byte> path)
    {
        foreach (var reader in All)
            if (reader.Wants(path))
                return true;
        return false;
    }

    public static IPackageReader? For(string path) => For(System.Text.Encoding.UTF8.GetBytes(path));

    static IPackageReader? For(ReadOnlySpan<byte> path)
    {
        foreach (var reader in All)
            if (reader.Wants(path))
                return reader;
        return null;
    }
}
