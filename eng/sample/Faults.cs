using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sample;

/// <param name="How">overwritten, removed, or metadata-only: the same bytes again with another owner.</param>
internal sealed record HiddenFile(string Path, int Layer, long Bytes, int HiddenBy, string How);

internal sealed record KeptFile(string Path, int Layer, long Bytes);

internal sealed record Planted(string Fault, string Where, int? Layer, string Check, string Why);

/// <summary>
/// What a report of the image must say, stated from the plan: which copy of which file each instruction hides is written here by hand,
/// and the totals are sums over these statements. No layer is folded.
/// </summary>
internal sealed class Faults(Image image)
{
    const int Base = 0, Apt = 1, User = 2, Key = 3, Copy = 4, Pip = 5, RemoveKey = 6, RemoveBuild = 7, Chown = 8, Settings = 9, Helper = 10;
    static readonly string[] BuildFolder = ["tmp/build/config.log", "tmp/build/module.c", "tmp/build/module.o"];
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, IndentSize = 2, NewLine = "\n", PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public IReadOnlyList<HiddenFile> Hidden => field ??=
    [
        Hide("etc/group", Base, User, "overwritten"),
        Hide("etc/gshadow", Base, User, "overwritten"),
        Hide("etc/passwd", Base, User, "overwritten"),
        Hide("etc/shadow", Base, User, "overwritten"),
        Hide("var/lib/dpkg/status", Base, Apt, "overwritten"),
        Hide("root/.ssh/id_rsa", Key, RemoveKey, "removed"),
        .. WebApp.App.Select(file => Hide(file.Path, Copy, Chown, "metadata-only")),
        Hide("tmp/build.tar.gz", Pip, RemoveBuild, "removed"),
        .. BuildFolder.Select(path => Hide(path, Pip, RemoveBuild, "removed")),
        Hide("app/settings.json", Chown, Settings, "overwritten"),
    ];

    IEnumerable<KeptFile> AptCache => Kept(Apt, WebApp.AptLists).Concat(Kept(Apt, "var/cache/apt/"));

    IEnumerable<KeptFile> PipCache => Kept(Pip, WebApp.PipCache);

    static readonly Planted[] Findings =
    [
        new("runs as root", "config.User", null, "non-root-user", "no USER instruction"),
        new("no health check", "config.Healthcheck", null, "healthcheck", "no HEALTHCHECK instruction"),
        new("secret in the environment", "config.Env SECRET_KEY", null, "secret-in-env", "also readable in the history line of its ENV"),
        new("password in the environment", "config.Env DATABASE_URL", null, "secret-in-env", "also readable in the history line of its ENV"),
        new("private key", "root/.ssh/id_rsa", Key, "credential-file", "layer 6 removes it; layer 3 still holds it"),
        new("secrets file", "app/.env", Chown, "credential-file", "mode 0644, so others may read it; layer 4 holds the first copy"),
        new("Dockerfile in the image", "app/Dockerfile", Chown, "unneeded-files", "repeats both ENV secrets; layer 4 holds the first copy"),
        new("setuid file", "usr/bin/passwd", Base, "setuid-setgid", "mode 4755"),
        new("setuid file", "usr/bin/su", Base, "setuid-setgid", "mode 4755"),
        new("setgid file", "usr/bin/chage", Base, "setuid-setgid", "mode 2755"),
        new("setuid file", "usr/local/bin/helper", Helper, "setuid-setgid", "mode 4755"),
        new("apt lists and caches", "var/lib/apt/lists, var/cache/apt", Apt, "apt-cache", "no rm -rf in the layer that ran apt-get update"),
        new("pip cache", "root/.cache/pip", Pip, "pip-cache", "no --no-cache-dir"),
    ];

    long ContentBytes => image.Layers.Sum(l => l.ContentBytes);

    long Reclaimable => Hidden.Sum(h => h.Bytes);

    /// <summary>The two logos, kept once too often in the final tree.</summary>
    long Duplicate => Size("app/static/img/logo.png", Chown);

    /// <summary>
    /// The score of dive's efficiency.go. A whiteout of a file is a node of 0 bytes, a whiteout of a folder one of its lower subtree's bytes,
    /// so paths with two nodes or more are those overwritten and the two files removed by name.
    /// </summary>
    object Dive()
    {
        var folder = BuildFolder.Sum(path => Size(path, Pip));
        long[][] copies =
        [
            [Size("etc/group", Base), Size("etc/group", User)],
            [Size("etc/gshadow", Base), Size("etc/gshadow", User)],
            [Size("etc/passwd", Base), Size("etc/passwd", User)],
            [Size("etc/shadow", Base), Size("etc/shadow", User)],
            [Size("var/lib/dpkg/status", Base), Size("var/lib/dpkg/status", Apt)],
            [Size("root/.ssh/id_rsa", Key), 0],
            [Size("tmp/build.tar.gz", Pip), 0],
            .. WebApp.App.Where(file => file.Path is not "app/settings.json").Select(file => new long[] { file.Data.Length, file.Data.Length }),
            [Size("app/settings.json", Copy), Size("app/settings.json", Chown), Size("app/settings.json", Settings)],
        ];
        var wasted = copies.Sum(sizes => sizes.Sum());
        var cumulative = ContentBytes + folder;
        var minimum = cumulative - wasted + copies.Sum(sizes => sizes.Min());
        return new { efficiency = Math.Round((double)minimum / cumulative, 6), minimumBytes = minimum, cumulativeBytes = cumulative, wastedBytes = wasted, userBytes = ContentBytes - image.Layers[0].ContentBytes, userWastedPercent = Math.Round((double)wasted / (ContentBytes - image.Layers[0].ContentBytes), 6) };
    }

    HiddenFile Hide(string path, int layer, int by, string how) => new(path, layer, Size(path, layer), by, how);

    long Size(string path, int layer) => image.Layers[layer].Files.Single(f => f.Path == path).Data.Length;

    IEnumerable<KeptFile> Kept(int layer, string folder) =>
        image.Layers[layer].Files.Where(f => f.Path.StartsWith(folder, StringComparison.Ordinal)).Select(f => new KeptFile(f.Path, layer, f.Data.Length)).OrderBy(f => f.Path, StringComparer.Ordinal);

    public string Json() => JsonSerializer.Serialize(new
    {
        image = $"{image.Name}:{image.Tag}",
        contentBytes = ContentBytes,
        layerBytes = image.Layers.Sum(l => l.Tar.LongLength),
        finalTreeBytes = ContentBytes - Reclaimable,
        reclaimableBytes = Reclaimable,
        duplicateBytes = Duplicate,
        dive = Dive(),
        layers = image.Layers.Select(l => new { index = l.Index, digest = "sha256:" + l.Digest, bytes = l.Tar.LongLength, contentBytes = l.ContentBytes, files = l.Files.Count(), entries = l.Entries.Count, command = image.CreatedBy(l.Index) }),
        hidden = Hidden,
        aptCache = AptCache,
        pipCache = PipCache,
        duplicates = new[] { "app/static/img/logo.png", "app/static/logo.png" },
        findings = Findings,
    }, Indented) + "\n";

    public string Markdown()
    {
        var text = new StringBuilder();
        void Line(string line = "") => text.Append(line).Append('\n');
        string Number(long n) => n.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);
        Line("# What is wrong with `webapp.tar`");
        Line();
        Line("`eng/make-sample` writes this table with the image, from the plan of the image and not by folding its layers. Layers count from 0; bytes are file contents. `webapp.faults.json` is the same for programs. Every secret is generated and opens nothing.");
        Line();
        Line($"**{Number(Reclaimable)} bytes reclaimable** in {Hidden.Count} hidden files, {Number(Duplicate)} bytes kept twice, {Number(ContentBytes)} bytes in all layers, {Number(ContentBytes - Reclaimable)} in the final tree.");
        Line();
        Line("## Layers");
        Line();
        Line("| layer | content bytes | files | reclaimable in it | command |\n| ---: | ---: | ---: | ---: | --- |");
        foreach (var layer in image.Layers)
            Line($"| {layer.Index} | {Number(layer.ContentBytes)} | {layer.Files.Count()} | {Number(Hidden.Where(h => h.Layer == layer.Index).Sum(h => h.Bytes))} | `{image.CreatedBy(layer.Index)}` |");
        Line();
        Line("## Hidden files");
        Line();
        Line("| path | in layer | bytes | hidden by layer | how |\n| --- | ---: | ---: | ---: | --- |");
        foreach (var file in Hidden)
            Line($"| `{file.Path}` | {file.Layer} | {Number(file.Bytes)} | {file.HiddenBy} | {file.How} |");
        Line();
        Line("## Left behind, and still visible");
        Line();
        Line("| path | layer | bytes |\n| --- | ---: | ---: |");
        foreach (var file in AptCache.Concat(PipCache))
            Line($"| `{file.Path}` | {file.Layer} | {Number(file.Bytes)} |");
        Line($"| **apt lists and caches** | {Apt} | **{Number(AptCache.Sum(f => f.Bytes))}** |");
        Line($"| **pip cache** | {Pip} | **{Number(PipCache.Sum(f => f.Bytes))}** |");
        Line();
        Line("Kept twice: `app/static/img/logo.png` and `app/static/logo.png`.");
        Line();
        Line("## Findings");
        Line();
        Line("| fault | where | layer | check | why |\n| --- | --- | ---: | --- | --- |");
        foreach (var found in Findings)
            Line($"| {found.Fault} | `{found.Where}` | {found.Layer?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "–"} | `{found.Check}` | {found.Why} |");
        return text.ToString();
    }
}
