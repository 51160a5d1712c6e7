using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plimsoll.Store;

/// <summary>JSON as it is kept in rows and sent to receivers.</summary>
internal static class StoreJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };
}
