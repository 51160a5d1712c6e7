using System.Text.Json;

namespace Plimsoll.Engine.Optimizing;

/// <summary>Where a config says what layers it has and which steps made them. Of a name that comes twice the last counts, as readers have it.</summary>
/// <param name="DiffIds">From its bracket to behind the other; null where there is none.</param>
internal sealed record ConfigPlaces((int Start, int End)? DiffIds, IReadOnlyList<StepPlace> Steps)
{
    /// <param name="config">Valid JSON.</param>
    public static ConfigPlaces Find(ReadOnlySpan<byte> config)
    {
        (int, int)? diffIds = null;
        List<StepPlace> steps = [];
        var json = new Utf8JsonReader(config);
        json.Read();
        while (NextName(ref json) is { } name)
            if (IsName(name, "rootfs") && json.TokenType == JsonTokenType.StartObject)
                diffIds = DiffIdsIn(ref json);
            else if (IsName(name, "history") && json.TokenType == JsonTokenType.StartArray)
                steps = StepsIn(ref json);
            else
                json.Skip();
        return new ConfigPlaces(diffIds, steps);
    }

    static (int, int)? DiffIdsIn(ref Utf8JsonReader json)
    {
        (int, int)? found = null;
        while (NextName(ref json) is { } name)
        {
            var start = (int)json.TokenStartIndex;
            json.Skip();
            if (IsName(name, "diff_ids"))
                found = (start, (int)json.BytesConsumed);
        }
        return found;
    }

    static List<StepPlace> StepsIn(ref Utf8JsonReader json)
    {
        var steps = new List<StepPlace>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            if (json.TokenType == JsonTokenType.StartObject)
                steps.Add(StepIn(ref json));
            else
                json.Skip();
        return steps;
    }

    static StepPlace StepIn(ref Utf8JsonReader json)
    {
        var (isEmpty, hasFields) = (false, false);
        (int, int)? flag = null;
        while (NextName(ref json) is { } name)
        {
            hasFields = true;
            if (IsName(name, "empty_layer"))
                (isEmpty, flag) = (json.TokenType == JsonTokenType.True, ((int)json.TokenStartIndex, (int)json.BytesConsumed));
            json.Skip();
        }
        return new StepPlace(isEmpty, flag, (int)json.TokenStartIndex, hasFields);
    }

    // The next property of an object, with the reader on its value; null at the end of the object.
    static string? NextName(ref Utf8JsonReader json)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.PropertyName)
            return null;
        var name = json.GetString();
        json.Read();
        return name;
    }

    static bool IsName(string name, string wanted) => name.Equals(wanted, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A step of the history.</summary>
/// <param name="IsEmpty">Whether it says that it made no layer.</param>
/// <param name="Flag">Where it says so, or the contrary.</param>
/// <param name="End">Its closing brace.</param>
internal sealed record StepPlace(bool IsEmpty, (int Start, int End)? Flag, int End, bool HasFields);
