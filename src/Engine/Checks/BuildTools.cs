using System.Buffers;
using System.Text;
using Plimsoll.Engine.Files;

namespace Plimsoll.Engine.Checks;

/// <summary>
/// Which files only a build needs: compilers, linkers, make and its kin, headers, git. Package managers of languages (pip, npm) come with
/// their runtimes and are not counted; nor are /usr/local/include and its headers, which the official images of Python and Node bring.
/// </summary>
internal static class BuildTools
{
    static readonly SearchValues<char> Version = SearchValues.Create("0123456789.");

    static readonly HashSet<string> Programs = new(StringComparer.Ordinal)
    {
        "gcc", "g++", "cc", "c++", "cpp", "clang", "clang++", "ld", "ld.bfd", "ld.gold", "ld.lld", "as", "ar", "gfortran", "make", "gmake",
        "cmake", "ninja", "meson", "autoconf", "automake", "libtool", "bison", "flex", "rustc", "cargo", "go", "javac", "mvn", "gradle", "git",
        "svn", "hg", "gdb", "strip", "dpkg-buildpackage", "rpmbuild", "abuild",
    };

    public static bool Is(ReadOnlySpan<byte> path) =>
        path.IsUnder("usr/include"u8) || path.IsUnder("usr/lib/gcc"u8) && !path.EndsWith(".so.1"u8) || path.IsUnder("usr/libexec/gcc"u8)
        || path.IsUnder("usr/lib/git-core"u8) || path.IsUnder("usr/libexec/git-core"u8) || path.IsUnder("usr/local/go"u8)
        || path.IsUnder("usr/local/cargo"u8) || path.IsUnder("usr/local/rustup"u8)
        || path.IsUnder("usr/share/dotnet/sdk"u8) || ToolOf(path) is not null;

    /// <summary>The tool that the program at this path is, whatever machine or version its name carries; null when it is none.</summary>
    public static string? ToolOf(ReadOnlySpan<byte> path)
    {
        if (!path.IsProgram())
            return null;
        var name = Encoding.UTF8.GetString(PathText.Name(path));
        return Programs.Contains(name) ? name : Bare(name) is var bare && Programs.Contains(bare) ? bare : null;
    }

    public static bool IsProgram(string name) => Programs.Contains(name);

    /// <summary>Whether a distribution's package of this name is there to build with.</summary>
    public static bool IsBuildPackage(string name) =>
        name is "build-essential" or "build-base" or "alpine-sdk" or "pkg-config" or "pkgconf" or "ninja-build" or "cargo" or "rustc" or "rust"
            or "golang" or "go" or "maven" or "gradle" or "default-jdk" or "dpkg-dev"
        || name.EndsWith("-dev", StringComparison.Ordinal) || name.EndsWith("-devel", StringComparison.Ordinal)
        || name.EndsWith("-headers", StringComparison.Ordinal)
        || name.EndsWith("-jdk", StringComparison.Ordinal) || name.EndsWith("-jdk-headless", StringComparison.Ordinal)
        || name.StartsWith("golang-", StringComparison.Ordinal) || Programs.Contains(Bare(name));

    // x86_64-linux-gnu-gcc-12 is gcc, and so is gcc-12.
    static string Bare(string name)
    {
        if (name.IndexOf("-linux-", StringComparison.Ordinal) is >= 0 and var at && name.IndexOf('-', at + "-linux-".Length) is >= 0 and var end)
            name = name[(end + 1)..];
        var dash = name.LastIndexOf('-');
        return dash > 0 && dash + 1 < name.Length && name.AsSpan(dash + 1).IndexOfAnyExcept(Version) < 0 ? name[..dash] : name;
    }
}
