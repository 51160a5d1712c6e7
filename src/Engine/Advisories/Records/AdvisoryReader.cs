using System.Globalization;
using System.Text.Json;

namespace Plimsoll.Engine.Advisories.Records;

/// <summary>
/// Reads one OSV record (OSV schema 1.x). What the schema does not name is ignored; a record that breaks it in what it does name, that has no
/// <c>id</c> or <c>modified</c>, or that is beyond <see cref="AdvisoryLimits"/>, is rejected as a whole: half a record would match half of what it should.
/// </summary>
public static class AdvisoryReader
{
    /// <param name="json">UTF-8, with or without a byte order mark.</param>
    public static AdvisoryReading Read(ReadOnlySpan<byte> json)
    {
        if (json.Length > AdvisoryLimits.RecordBytes)
            return new(null, $"it has more than {AdvisoryLimits.RecordBytes >> 20} MiB");
        try
        {
            return new(Record(json), null);
        }
        catch (MalformedAdvisoryException e)
        {
            return new(null, e.Message);
        }
        catch (JsonException)
        {
            return new(null, "it is not JSON, is cut short, or is nested too deeply");
        }
    }

    static Advisory Record(ReadOnlySpan<byte> json)
    {
        var reader = new RecordJson(json);
        var record = new AdvisoryParts();
        if (!reader.Read() || !reader.IsObject("record"))
            throw new MalformedAdvisoryException("its record is not an object");
        while (reader.NextProperty(out var name))
            record.Property(name, ref reader);
        // What follows the record is no part of it, and reading on finds it.
        return reader.Read() ? throw new JsonException() : record.Whole();
    }

    /// <summary>RFC 3339, with more digits of a second than this runtime keeps.</summary>
    internal static DateTimeOffset? Moment(ref RecordJson reader, string what) =>
        reader.Text(what) is not { } text ? null : MomentOf(text) ?? throw new MalformedAdvisoryException($"its {what} is not a time");

    /// <inheritdoc cref="Moment"/>
    internal static DateTimeOffset? MomentOf(string text) =>
        text.Length >= "2026-01-01T00:00:00Z".Length && text[10] is 'T' or 't'
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment) ? moment : null;
}
