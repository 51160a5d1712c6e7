using System.Text.Json;
using Plimsoll.Engine.Advisories.Library;

namespace Plimsoll.Store.Advisories;

/// <summary>What an import changed of each source, as <see cref="EpochRow.Changes"/> has it.</summary>
internal static class EpochChanges
{
    public static string Write(IReadOnlyList<SourceChange> changes) => JsonSerializer.Serialize(changes, StoreJson.Options);

    public static IReadOnlyList<SourceChange> Read(string changes) => JsonSerializer.Deserialize<IReadOnlyList<SourceChange>>(changes, StoreJson.Options) ?? [];
}
