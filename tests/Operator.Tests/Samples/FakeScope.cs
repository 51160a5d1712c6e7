using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Plimsoll.Operator.Tests.Samples;

/// <summary>Which objects a request is about: those of one namespace or of all (null), with these labels.</summary>
/// <param name="Labels">Such as <c>a=b</c>, <c>a!=b</c>, <c>a</c> and <c>!a</c>.</param>
internal sealed record FakeScope(string? Namespace, IReadOnlyList<string> Labels)
{
    public static FakeScope Of(HttpRequest request, string? ns) =>
        new(ns, request.Query["labelSelector"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    public bool Has(JsonObject thing) => (Namespace is null || (string?)thing["metadata"]!["namespace"] == Namespace) && Labels.All(term => Holds(term, thing["metadata"]!["labels"]));

    static bool Holds(string term, JsonNode? labels)
    {
        var at = term.IndexOf('=', StringComparison.Ordinal);
        if (at < 0)
            return term[0] == '!' ? labels?[term[1..]] is null : labels?[term] is not null;
        var (isNot, name) = (term[at - 1] == '!', term[..at].TrimEnd('!'));
        return (string?)labels?[name] == term[at..].TrimStart('=') != isNot;
    }
}
