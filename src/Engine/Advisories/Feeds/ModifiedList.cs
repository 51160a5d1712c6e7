using System.Text;
using Plimsoll.Engine.Advisories.Records;

namespace Plimsoll.Engine.Advisories.Feeds;

/// <summary>
/// An export's file <c>modified_id.csv</c>: on each line when a record was modified (RFC 3339), a comma, and its id. What it does not name the
/// export does not have.
/// </summary>
/// <param name="Records">When each was modified, by id; the latest where one stands there twice.</param>
/// <param name="Rejected">Lines that are no such line. Nothing can be told then from an id that is not there.</param>
public sealed record ModifiedList(IReadOnlyDictionary<string, DateTimeOffset> Records, int Rejected)
{
    /// <summary>Where it is in the folder of an ecosystem.</summary>
    public const string Name = "modified_id.csv";

    /// <summary>Bytes. The longest public ones have some ten millions.</summary>
    internal const int MostBytes = 128 << 20;

    /// <summary>Characters of a line.</summary>
    const int MostLength = AdvisoryLimits.IdLength + 64;

    /// <summary>Whether the times tell anything: a database that says of all its records that they were modified in the year 1 does not say which of them were.</summary>
    public bool TellsTimes => !Records.Values.Any(moment => moment.Year == 1);

    /// <param name="csv">UTF-8.</param>
    public static ModifiedList Parse(ReadOnlySpan<byte> csv)
    {
        var (records, rejected) = (new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal), 0);
        foreach (var range in csv.Split((byte)'\n'))
        {
            var line = csv[range].TrimEnd((byte)'\r');
            if (line.IsEmpty)
                continue;
            if (line.Length > MostLength || line.IndexOf((byte)',') is not (> 0 and var comma) || AdvisoryReader.MomentOf(Encoding.UTF8.GetString(line[..comma])) is not { } modified
                || Encoding.UTF8.GetString(line[(comma + 1)..]) is var id && !AdvisoryParts.IsId(id))
                rejected++;
            else if (!records.TryGetValue(id, out var known) || modified > known)
                records[id] = modified;
        }
        return new(records, rejected);
    }
}
