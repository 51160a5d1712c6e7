using System.Text.Json;
using System.Text.Json.Serialization;
using Plimsoll.Engine.Advisories.Library;

namespace Plimsoll.Cli.Advisories;

/// <summary>The status for programs.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, NewLine = "\n", DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StatusAnswer))]
internal sealed partial class StatusJson : JsonSerializerContext
{
    public static void Write(AdvisoryLibrary library, string path, Stream output)
    {
        var sources = library.Sources.Select(source => new SourceAnswer(
            JsonNamingPolicy.CamelCase.ConvertName($"{source.Kind}"), source.Name, source.Records, source.Rejected, source.Newest, source.Provenance.Brought, source.Provenance.AsOf, source.Provenance.Origin));
        JsonSerializer.Serialize(output, new StatusAnswer(1, path, library.Size, library.AsOf, [.. sources]), Default.StatusAnswer);
        output.WriteByte((byte)'\n');
    }
}

internal sealed record StatusAnswer(int SchemaVersion, string Path, long Size, DateTimeOffset? AsOf, IReadOnlyList<SourceAnswer> Sources);

internal sealed record SourceAnswer(string Kind, string Name, int Records, int Rejected, DateTimeOffset? Newest, DateTimeOffset Brought, DateTimeOffset AsOf, string Origin);
