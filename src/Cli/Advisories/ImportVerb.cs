using System.CommandLine;
using Plimsoll.Cli.Terminal;
using Plimsoll.Engine.Advisories.Feeds;

namespace Plimsoll.Cli.Advisories;

/// <summary><c>plimsoll advisories import PATH…</c>: takes in files, without any network.</summary>
internal static class ImportVerb
{
    public static Verb Verb()
    {
        var paths = new Argument<string[]>("path")
        {
            Arity = ArgumentArity.OneOrMore, Description = "a zip of OSV records, a folder laid out as OSV's export, CISA's catalogue (KEV) or FIRST's scores (EPSS)",
        };
        var ecosystem = new Option<string?>("--ecosystem") { HelpName = "name", Description = "whose export the zips are; else each record says which ecosystems it is of" };
        var replace = ImportSession.ReplaceOption();
        var verb = new Verb(
            VerbGroup.Advisories, "import", "Takes in advisories from files: what was there of the same sources is replaced, the rest stays.",
            ["plimsoll advisories import osv-export/ known_exploited_vulnerabilities.json", "plimsoll advisories import all.zip --ecosystem PyPI"])
        {
            paths.NoOption(), ecosystem, replace,
        };
        verb.SetAction(async (parsed, ct) =>
        {
            using var session = ImportSession.Begin(parsed.GetValue(replace));
            if (session is null)
                return ExitCode.NotInspected;
            foreach (var path in parsed.GetValue(paths)!)
                if (await Add(session, path, parsed.GetValue(ecosystem), ct) is { } failure)
                    return ImportSession.Fail($"{path}: {failure}");
            return session.Complete(ct);
        });
        return verb;
    }

    static async Task<string?> Add(ImportSession session, string path, string? ecosystem, CancellationToken ct)
    {
        if (!Directory.Exists(path))
            return !File.Exists(path) ? "no such file or directory" : await AddFile(session, path, ecosystem, ct);
        var folder = ExportFolder.Read(path);
        foreach (var (name, zip) in folder.Exports)
            if (await AddZip(session, zip, name, name, ct) is { } failure)
                return $"{name}/all.zip: {failure}";
        return folder.Failure;
    }

    static async Task<string?> AddFile(ImportSession session, string path, string? ecosystem, CancellationToken ct)
    {
        await using var file = File.OpenRead(path);
        await using var bar = AdvisoryBar.Start(Path.GetFileName(path));
        return session.Import.Add(file, ecosystem, session.OfFile(path), bar, ct);
    }

    static async Task<string?> AddZip(ImportSession session, string path, string name, string? ecosystem, CancellationToken ct)
    {
        using var zip = File.OpenHandle(path);
        await using var bar = AdvisoryBar.Start(name);
        return session.Import.Add(zip, ecosystem, session.OfFile(path), bar, ct);
    }
}
