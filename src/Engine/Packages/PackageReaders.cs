using System.Text.Json;
using Plimsoll.Engine.Packages.Apk;
using Plimsoll.Engine.Packages.DotNet;
using Plimsoll.Engine.Packages.Dpkg;
using Plimsoll.Engine.Packages.Go;
using Plimsoll.Engine.Packages.Java;
using Plimsoll.Engine.Packages.KnownBinaries;
using Plimsoll.Engine.Packages.Node;
using Plimsoll.Engine.Packages.Php;
using Plimsoll.Engine.Packages.Python;
using Plimsoll.Engine.Packages.Rpm;
using Plimsoll.Engine.Packages.Ruby;
using Plimsoll.Engine.Packages.Rust;

namespace Plimsoll.Engine.Packages;

/// <summary>The one list of ecosystems.</summary>
internal static class PackageReaders
{
    /// <summary>Notes of one file: enough to see what is wrong with it.</summary>
    const int NotesOfFile = 10;

    /// <summary>Characters of a name or a version. Those of real packages have two hundred.</summary>
    const int LongestName = 1024;

    static readonly IPackageReader[] All =
    [
        new DpkgReader(), new DpkgFilesReader(), new DpkgLicenceReader(),
        new ApkReader(),
        new RpmReader(),
        new GoReader(),
        new RustReader(),
        new KnownBinaryReader(),
        new NodeReader(),
        new PythonReader(),
        new DotNetReader(),
        new RubyReader(),
        new ComposerReader(),
        new JavaReader(),
    ];

    /// <summary>Bit n is set where reader n wants the file.</summary>
    public static uint Wanting(ReadOnlySpan<byte> path, ReadOnlySpan<byte> head)
    {
        uint wanting = 0;
        for (var reader = 0; reader < All.Length; reader++)
            if (All[reader].Wants(path, head))
                wanting |= 1u << reader;
        return wanting;
    }

    /// <summary>What the readers of <see cref="Wanting"/> make of the file. What is malformed is noted.</summary>
    public static PackageEvidence Read(uint wanting, EvidenceFile file)
    {
        var evidence = PackageEvidence.None;
        for (var reader = 0; reader < All.Length; reader++)
            if ((wanting & 1u << reader) != 0)
                evidence = evidence.And(Read(All[reader], file));
        if (evidence.Packages.Any(IsOverlong))
            evidence = evidence with { Packages = [.. evidence.Packages.Where(package => !IsOverlong(package))], Notes = [.. evidence.Notes, $"{file.Path}: a package whose name or version is too long for one was left out"] };
        // Several readers find the same fault of a file.
        evidence = evidence.Notes.Count < 2 ? evidence : evidence with { Notes = [.. evidence.Notes.Distinct(StringComparer.Ordinal)] };
        return evidence.Notes.Count <= NotesOfFile ? evidence
            : evidence with { Notes = [.. evidence.Notes.Take(NotesOfFile), $"{file.Path}: and {evidence.Notes.Count - NotesOfFile} more of this kind"] };
    }

    static bool IsOverlong(InstalledPackage package) => package.Name.Length > LongestName || package.Version.Length > LongestName;

    static PackageEvidence Read(IPackageReader reader, EvidenceFile file)
    {
        try
        {
            return reader.Read(file);
        }
        catch (MalformedFileException e)
        {
            return PackageEvidence.None with { Notes = [$"{file.Path} was not read: {e.Message}"] };
        }
        catch (JsonException)
        {
            return PackageEvidence.None with { Notes = [$"{file.Path} was not read: it is not valid JSON"] };
        }
        catch (InvalidDataException)
        {
            return PackageEvidence.None with { Notes = [$"{file.Path} was not read: its compressed data is corrupt"] };
        }
    }
}
