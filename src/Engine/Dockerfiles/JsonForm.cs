using System.Text;
using System.Text.Json;

namespace Plimsoll.Engine.Dockerfiles;

/// <summary>Arguments as a list of JSON strings, such as <c>CMD ["app", "serve"]</c>: the exec form.</summary>
internal static class JsonForm
{
    /// <summary>Null where they are none, as BuildKit sees it: what only looks like a list is a command for the shell.</summary>
    /// <exception cref="DockerfileSyntaxException">It is a list, and of something else than strings.</exception>
    public static IReadOnlyList<PlacedText>? Of(PlacedText arguments)
    {
        if (!arguments.Text.StartsWith('['))
            return null;
        var bytes = Encoding.UTF8.GetBytes(arguments.Text);
        var (words, other) = (new List<PlacedText>(), -1);
        var (at, counted) = (0, 0);
        try
        {
            var json = new Utf8JsonReader(bytes);
            json.Read();
            while (json.Read())
            {
                at += Encoding.UTF8.GetCharCount(bytes.AsSpan(counted..(int)json.TokenStartIndex));
                counted = (int)json.TokenStartIndex;
                if (json is { CurrentDepth: 1, TokenType: JsonTokenType.String })
                    words.Add(PlacedText.Of(json.GetString()!, arguments.At(at + 1)));
                else if (json.CurrentDepth > 0 && other < 0)
                    other = at;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The last is half of a surrogate pair.
            return null;
        }
        return other < 0 ? words : throw new DockerfileSyntaxException(arguments.At(other),
            "a list in brackets takes strings alone, each in double quotes");
    }
}
