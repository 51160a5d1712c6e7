using System.Text.Json.Nodes;

namespace Plimsoll.Operator.Tests.Samples;

/// <summary>What happened to an object, as those who watch hear it.</summary>
/// <param name="Json">The object; a whole frame where <paramref name="Type"/> is null.</param>
internal sealed record FakeChange(long Version, string Json, string? Type, JsonObject? Before, JsonObject? Now)
{
    /// <summary>What a watch of some objects says; null: nothing. What leaves them by its labels is deleted to them.</summary>
    public string? For(FakeScope scope)
    {
        if (Type is null)
            return Json;
        var (was, isNow) = (Before is not null && scope.Has(Before), scope.Has(Now!));
        return (was, isNow) switch
        {
            (false, false) => null,
            (true, true) => Frame(Type),
            (true, false) => Frame("DELETED"),
            (false, true) => Frame("ADDED"),
        };
    }

    string Frame(string type) => $$"""{"type":"{{type}}","object":{{Json}}}""";
}
