using Microsoft.AspNetCore.Http.HttpResults;

namespace Plimsoll.Api.Http;

/// <summary>What <c>docs/problems.md</c> says of each type of problem, under the path that is its type.</summary>
internal static class ProblemPages
{
    static readonly Dictionary<string, string> Pages = Read();

    public static void MapProblemPages(this WebApplication app) =>
        app.MapGet("/problems/{type}", Results<ContentHttpResult, ProblemHttpResult> (string type) =>
            Pages.TryGetValue(type, out var page) ? TypedResults.Text(page, "text/markdown; charset=utf-8") : Problems.Plain(404)).ExcludeFromDescription();

    static Dictionary<string, string> Read()
    {
        using var reader = new StreamReader(typeof(ProblemPages).Assembly.GetManifestResourceStream("problems.md")!);
        return reader.ReadToEnd().Split("\n## ").Skip(1).ToDictionary(section => section[..section.IndexOf('\n', StringComparison.Ordinal)].Trim(), section => "# " + section.TrimEnd() + "\n", StringComparer.Ordinal);
    }
}
