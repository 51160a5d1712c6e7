using System.Buffers;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Plimsoll.Engine.Advisories.Records;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Packages;
using Plimsoll.Engine.Packages.Java;

namespace Plimsoll.Engine.Advisories.Feeds;

/// <summary>
/// A bulk export of OSV records: a zip with a JSON file for each (<c>all.zip</c>). One record is in memory at a time, whatever the archive
/// says of itself; a bad one is rejected with its reason and the next is read.
/// </summary>
/// <param name="zip">Stays open until the last record is read.</param>
public sealed class AdvisoryExport(SafeFileHandle zip)
{
    /// <summary>Members of an archive. The whole of OSV has some hundred thousand.</summary>
    const int MostMembers = 2_000_000;

    /// <summary>Why the reading ended before the archive did; null while all is well. What is missing then is not gone from the source.</summary>
    public string? Failure { get; private set; }

    /// <summary>To be walked once. Files that are not named <c>.json</c> are passed over.</summary>
    public IEnumerable<ExportedRecord> Records()
    {
        var archive = new ZipArea(new EvidenceFile("", zip, RandomAccess.GetLength(zip)));
        if (DirectoryOf(archive) is not { } directory)
            yield break;
        using var members = new ZipMembers(archive, directory);
        var buffer = new ArrayBufferWriter<byte>(64 << 10);
        var bytes = Limits.Default.ExpansionAllowance + Limits.Default.ExpansionRatio * archive.Length;
        for (var count = 0; members.MoveNext(); count++)
        {
            if (count == MostMembers)
                Failure = $"it has more than {MostMembers} files in it";
            else if (bytes < 0)
                Failure = "it inflates to more than any export";
            if (Failure is not null)
                yield break;
            if (!members.Name.EndsWith(".json"u8))
                continue;
            var reading = ReadingOf(archive, members.Member, buffer);
            bytes -= buffer.WrittenCount;
            yield return new ExportedRecord(Encoding.UTF8.GetString(members.Name), reading);
        }
        if (members.IsCorrupt)
            Failure = "its central directory is corrupt";
    }

    ZipDirectory? DirectoryOf(ZipArea archive)
    {
        try
        {
            return ZipDirectory.Find(archive);
        }
        catch (MalformedFileException e)
        {
            Failure = e.Message;
            return null;
        }
    }

    static AdvisoryReading ReadingOf(ZipArea archive, ZipMember member, ArrayBufferWriter<byte> buffer)
    {
        buffer.ResetWrittenCount();
        try
        {
            using var content = ZipContent.Read(archive, member);
            // One byte more than a record may have is enough to reject it.
            while (buffer.WrittenCount <= AdvisoryLimits.RecordBytes && content.Read(buffer.GetSpan(32 << 10)) is var read and > 0)
                buffer.Advance(read);
        }
        catch (Exception e) when (e is MalformedFileException or InvalidDataException)
        {
            return new(null, "it cannot be unpacked");
        }
        return AdvisoryReader.Read(buffer.WrittenSpan);
    }
}

/// <param name="Name">Of the file in the export.</param>
public sealed record ExportedRecord(string Name, AdvisoryReading Reading);
