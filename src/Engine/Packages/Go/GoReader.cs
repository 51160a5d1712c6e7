using Plimsoll.Engine.Packages.Executables;

namespace Plimsoll.Engine.Packages.Go;

/// <summary>The modules that a Go program was built from, and the version of its standard library, as <c>go version -m</c> prints them.</summary>
internal sealed class GoReader : IPackageReader
{
    /// <summary>Modules of all architectures. Large programs have a thousand.</summary>
    const int Most = 100_000;

    public bool Wants(ReadOnlySpan<byte> path, ReadOnlySpan<byte> head) => ExecutableKinds.MayHoldPackages(path, head);

    public PackageEvidence Read(EvidenceFile file)
    {
        var (packages, notes) = (new List<InstalledPackage>(), new FileNotes(file.Path));
        foreach (var executable in Executable.In(file))
            if (BuildInfo.In(executable) is { } info)
            {
                if (StandardLibrary(info.GoVersion) is { } version)
                    packages.Add(new InstalledPackage("golang", "stdlib", version));
                else
                    notes.Add($"its Go toolchain has no release: {Short(info.GoVersion)}");
                Modules(ModuleText.Parse(info.Modules), packages, notes);
            }
        // The architectures of a fat file are built from the same modules.
        return PackageEvidence.Of([.. packages.DistinctBy(package => (package.Name, package.Version))], notes.ToList());
    }

    static void Modules(ModuleText text, List<InstalledPackage> packages, FileNotes notes)
    {
        if (text.Main is { } main)
            packages.Add(new InstalledPackage("golang", main.Name, MainVersion.Of(main, text.Settings)));
        if (packages.Count + text.Dependencies.Count > Most)
            throw new MalformedFileException("it has more modules than any program");
        packages.AddRange(text.Dependencies.Select(module => new InstalledPackage("golang", module.Name, module.Version)));
        foreach (var line in text.Malformed)
            notes.Add($"this is no module: {line}");
    }

    /// <summary>Without "go", without experiments: <c>go1.22.1 X:boringcrypto</c>, <c>devel go1.23-0a1b2c3 Thu …</c>. Null for a toolchain older than these names.</summary>
    static string? StandardLibrary(string toolchain)
    {
        foreach (var word in toolchain.Split(' '))
            if (word.Length > 2 && word.StartsWith("go", StringComparison.Ordinal) && char.IsAsciiDigit(word[2]))
                return word[2..];
        return null;
    }

    static string Short(string text) => text.Length <= 80 ? text : text[..80];
}
