using System.Text.Json;
using System.Text.Json.Serialization;
using Plimsoll.Engine.Advisories.Library;

namespace Plimsoll.Store.Advisories;

/// <summary>What an import changed of each source, as <see cref="EpochRow.Changes"/> has it.</summary>
internal static class EpochChanges
{
    static readonly JsonSerializerOptions Wire = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public static string Write(IReadOnlyList<SourceChange> changes) => JsonSerializer.Serialize(changes, Wire);

    public static IReadOnlyList<SourceChange> Read(string changes) => JsonSerializer.Deserialize<IReadOnlyList<SourceChange>>(changes, Wire) ?? [];
}
