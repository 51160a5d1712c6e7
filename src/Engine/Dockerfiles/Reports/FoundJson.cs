using System.Text.Json;
using Plimsoll.Engine.Dockerfiles.Attribution;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Reports;

/// <summary>What was found in a place, <c>findings[]</c> and <c>secrets[]</c>, each as in the report of the image.</summary>
internal static class FoundJson
{
    public static void Write(Utf8JsonWriter json, FoundThere found)
    {
        json.Each("findings", found.Findings, JsonFormat.Write);
        json.Each("secrets", found.Secrets, JsonFormat.Write);
    }
}
