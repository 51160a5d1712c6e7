using System.Buffers;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Plimsoll.Engine.Advisories.Records;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Packages;
using Plimsoll.Engine.Packages.Java;

namespace Plimsoll.Engine.Advisories.Feeds;

/// <summary>
/// A bulk export of OSV records: a zip with a JSON file for each (<c>all.zip</c>). A few records are in memory at a time, whatever the archive
/// says of itself; a bad one is rejected with its reason and the next is read.
/// </summary>
/// <param name="zip">Stays open until the last record is read.</param>
public sealed class AdvisoryExport(SafeFileHandle zip)
{
    /// <summary>Members of an archive. The whole of OSV has some hundred thousand.</summary>
    const int MostMembers = 2_000_000;

    /// <summary>Bytes and records that are unpacked before they are read. Two such parts are in memory, each with one record more at most.</summary>
    const int PartBytes = 1 << 20, PartRecords = 256;

    /// <summary>Why the reading ended before the archive did; null while all is well. What is missing then is not gone from the source.</summary>
    public string? Failure { get; private set; }

    /// <summary>To be walked once. Files that are not named <c>.json</c> are passed over.</summary>
    public IEnumerable<ExportedRecord> Records()
    {
        // Records are read on another thread while the next are unpacked on this one.
        Task<List<ExportedRecord>>? last = null;
        foreach (var part in Parts())
        {
            var reading = Task.Run(() => part.ConvertAll(member => new ExportedRecord(member.Name, member.Content is { } content ? AdvisoryReader.Read(content) : new(null, "it cannot be unpacked"))));
            foreach (var record in last?.GetAwaiter().GetResult() ?? [])
                yield return record;
            last = reading;
        }
        foreach (var record in last?.GetAwaiter().GetResult() ?? [])
            yield return record;
    }

    IEnumerable<List<Member>> Parts()
    {
        var (part, held) = (new List<Member>(), 0);
        foreach (var member in Members())
        {
            part.Add(member);
            held += member.Content?.Length ?? 0;
            if (held < PartBytes && part.Count < PartRecords)
                continue;
            yield return part;
            (part, held) = ([], 0);
        }
        if (part.Count > 0)
            yield return part;
    }

    IEnumerable<Member> Members()
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
            var content = ContentOf(archive, members.Member, buffer);
            bytes -= buffer.WrittenCount;
            yield return new Member(Encoding.UTF8.GetString(members.Name), content);
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

    // Null where it cannot be unpacked.
    static byte[]? ContentOf(ZipArea archive, ZipMember member, ArrayBufferWriter<byte> buffer)
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
            return null;
        }
        return buffer.WrittenSpan.ToArray();
    }

    sealed record Member(string Name, byte[]? Content);
}

/// <param name="Name">Of the file in the export.</param>
public sealed record ExportedRecord(string Name, AdvisoryReading Reading);
