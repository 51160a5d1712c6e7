using System.Text.Json;
using System.Text.Json.Serialization;
using Plimsoll.Engine.Images;

namespace Plimsoll.Engine.Reports;

/// <summary>A report as JSON, described by <c>docs/report.schema.json</c>. The same report gives the same bytes.</summary>
public static class JsonFormat
{
    /// <summary>How single values are written, wherever a part of a report stands.</summary>
    public static IReadOnlyList<JsonConverter> Converters { get; } =
    [
        new JsonStringEnumConverter<Severity>(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
        new JsonStringEnumConverter<HiddenHow>(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
        // As the documents write it: not_affected.
        new JsonStringEnumConverter<Vex.VexStatus>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false),
        new JsonStringEnumConverter<Bases.BaseEvidence>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false),
        new JsonStringEnumConverter<Gates.Outcome>(namingPolicy: null, allowIntegerValues: false),
        new TextConverter<Digest>(), new TextConverter<Platform>(),
    ];

    static readonly ReportJson Json = new(Options());

    /// <summary>Writes UTF-8 with a newline at the end, piece by piece.</summary>
    public static void Write(Report report, Stream output) => Write(output, report, Json.Report);

    /// <summary>Writes a comparison in the same manner.</summary>
    public static void Write(Comparison comparison, Stream output) => Write(output, comparison, Json.Comparison);

    /// <summary>Writes one image of a report, as <see cref="ReadImage(Stream)"/> reads it.</summary>
    public static void Write(ImageReport image, Stream output) => Write(output, image, Json.ImageReport);

    /// <summary>Reads what <see cref="Write(ImageReport, Stream)"/> wrote.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static ImageReport ReadImage(Stream input) => JsonSerializer.Deserialize(input, Json.ImageReport) ?? throw new JsonException("the report is null");

    /// <summary>The same from a stream that does not have it all yet.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static async Task<ImageReport> ReadImage(Stream input, CancellationToken ct) =>
        await JsonSerializer.DeserializeAsync(input, Json.ImageReport, ct) ?? throw new JsonException("the report is null");

    /// <summary>Writes a part of a report where another document has it, in the manner of that one.</summary>
    internal static void Write(Utf8JsonWriter json, Finding finding) => JsonSerializer.Serialize(json, finding, Json.Finding);

    /// <inheritdoc cref="Write(Utf8JsonWriter, Finding)"/>
    internal static void Write(Utf8JsonWriter json, SecretReport secret) => JsonSerializer.Serialize(json, secret, Json.SecretReport);

    static JsonSerializerOptions Options()
    {
        var options = new JsonSerializerOptions { WriteIndented = true, NewLine = "\n", PropertyNamingPolicy = JsonNamingPolicy.CamelCase };
        foreach (var converter in Converters)
            options.Converters.Add(converter);
        return options;
    }

    static void Write<T>(Stream output, T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        JsonSerializer.Serialize(output, value, type);
        output.WriteByte((byte)'\n');
    }
}

[JsonSerializable(typeof(Report))]
[JsonSerializable(typeof(ImageReport))]
[JsonSerializable(typeof(Comparison))]
internal sealed partial class ReportJson : JsonSerializerContext;

/// <summary>A value that has one written form.</summary>
internal sealed class TextConverter<T> : JsonConverter<T> where T : class, IParsable<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.TryParse(reader.GetString(), null, out var value) ? value : throw new JsonException($"not a {typeof(T).Name}");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
