using Plimsoll.Engine.Checks;
using Plimsoll.Engine.Files;

namespace Plimsoll.Engine.Optimizing;

/// <summary>Leftovers of one kind that an image can do without, if whoever runs it says so.</summary>
public sealed class DropCategory
{
    readonly PathTest _has;

    DropCategory(string word, string what, PathTest has) => (Word, What, _has) = (word, what, has);

    /// <summary>Every category there is.</summary>
    public static IReadOnlyList<DropCategory> All { get; } =
    [
        new("apt-lists", "apt's package lists and archives", AptCacheCheck.IsCache),
        new("package-caches", "what package managers downloaded or would find again", PackageCaches.Has),
        new("docs", "documentation but for copyright and licences", Documentation.Has),
        new("man", "manual pages", path => path.IsUnder("usr/share/man"u8) || path.IsUnder("usr/local/share/man"u8) || path.IsUnder("usr/man"u8) || path.IsUnder("usr/local/man"u8)),
        new("locales", "translations but for C and English", Documentation.IsTranslation),
        new("static-libraries", "libraries that only a linker reads", IsStaticLibrary),
        new("bytecode", "Python's compiled files whose source is there", path => path.EndsWith(".pyc"u8) && PathText.Name(PathText.Parent(path)).SequenceEqual("__pycache__"u8)),
        new("tests", "the tests of Python and Node packages", LanguageTests.Has),
    ];

    /// <summary>As the command line has it.</summary>
    public string Word { get; }

    /// <summary>In a few words.</summary>
    public string What { get; }

    public override string ToString() => Word;

    /// <param name="path">In normal form, of anything but a directory.</param>
    internal bool Has(ReadOnlySpan<byte> path) => _has(path);

    static bool IsStaticLibrary(ReadOnlySpan<byte> path) => (path.EndsWith(".a"u8) || path.EndsWith(".la"u8))
        && (path.HasParts("lib"u8) || path.HasParts("lib64"u8) || path.HasParts("lib32"u8) || path.HasParts("libx32"u8));
}
