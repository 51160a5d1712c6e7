using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plimsoll.Engine.Dockerfiles;
using Plimsoll.Engine.Dockerfiles.Attribution;
using Plimsoll.Engine.Dockerfiles.Caching;
using Plimsoll.Engine.Dockerfiles.Contexts;
using Plimsoll.Engine.Dockerfiles.Reports;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Dockerfiles;

/// <summary>What the JSON of a review says besides the advices.</summary>
public sealed class SurroundingsJsonTests
{
    static readonly JsonSerializerOptions AsItIs = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    const string Hostile = "a \"b\"\\\u001b[31m\u0000<\uFFFD>.txt";

    static string Written(Surroundings around)
    {
        const string Text = "FROM scratch\nUSER 1\n";
        var review = Adviser.Review(Encoding.UTF8.GetBytes(Text), Contexts.Contexts.Plan(Text), around);
        return Encoding.UTF8.GetString(FormatSamples.Written(output => AdviceJson.Write(review, "Dockerfile", output)));
    }

    static string Part(string name, Surroundings around) => JsonNode.Parse(Written(around))![name]!.ToJsonString(AsItIs);

    [Fact]
    public void What_was_not_asked_for_is_null()
    {
        var json = JsonNode.Parse(Written(Surroundings.None))!.AsObject();
        Assert.Equal(["schemaVersion", "file", "silenced", "advices", "context", "cache", "image"], json.Select(member => member.Key));
        Assert.All(new[] { "context", "cache", "image" }, name => Assert.Null(json[name]));
    }

    [Fact]
    public void The_context_has_this_shape() => Assert.Equal(
        """{"ignoredBy":"./.dockerignore","sent":{"bytes":3000000000,"files":3},"read":{"bytes":20,"files":1},"ignored":{"bytes":5,"files":2},"ignoredIsLeast":true"""
        + ""","largest":[{"path":"data/sets","isFolder":true,"bytes":2999999980,"files":2,"readBytes":0}],"lines":[{"line":"**/.env","reason":"secret","bytes":7,"files":1,"readBy":[4,9]}],"notes":["one"]}""",
        Part("context", new(new("./.dockerignore", new(3_000_000_000, 3), new(20, 1), new(5, 2), true, [new("data/sets", true, 2_999_999_980, 2, 0)], [new("**/.env", IgnoreReason.Secret, 7, 1, [4, 9])], ["one"]), null, null)));

    [Fact]
    public void The_cache_has_this_shape_and_names_each_step_once()
    {
        CacheStep copy = new(3, "build", "COPY . .", null), fetch = new(4, "build", "RUN npm ci", 400), link = new(9, "stage 1", "COPY --from=build /app /app", 60);
        Assert.Equal(
            """{"steps":[{"line":3,"stage":"build","text":"COPY . .","layerBytes":null},{"line":4,"stage":"build","text":"RUN npm ci","layerBytes":400},{"line":9,"stage":"stage 1","text":"COPY --from=build /app /app","layerBytes":60}]"""
            + ""","changes":[{"paths":["src/","x"],"morePaths":2,"files":5,"bytes":70,"rebuilds":{"lines":[3,4,9],"layerBytes":460}},{"paths":["y"],"morePaths":0,"files":1,"bytes":1,"rebuilds":{"lines":[9],"layerBytes":60}}]"""
            + ""","restores":[{"line":4,"copyLine":3,"copyFirst":["package.json"],"needsParents":false,"isMixed":true,"now":{"lines":[3,4,9],"layerBytes":460},"then":{"lines":[3,9],"layerBytes":null}}],"notes":["two"]}""",
            Part("cache", new(null, new([new(["src/", "x"], 2, 5, 70, [copy, fetch, link], 460), new(["y"], 0, 1, 1, [link], 60)], [new(4, "RUN npm ci", 3, ["package.json"], false, true, [copy, fetch, link], [copy, link], 460, null)], ["two"]), null)));
    }

    static readonly InstructionCost Copy = new(2, "COPY . /app", true, 1, 4096, 2048, [new(4, 3, HiddenHow.MetadataCopy, 1024), new(null, 9, HiddenHow.Overwritten, 1024)], 10)
    {
        Found = new([new("setuid-setgid", Severity.Medium, "T", "E", 1, "app/x", null, "R", "CIS-DI-0008")], [new("by-name", "a secret", Severity.High, "app/y:3", "app/y", 3, 1, null, "abcd****")]),
    };

    static readonly InstructionCost Base = new(null, "1 layer of the base image", true, 0, 1024, 10, [new(2, 1, HiddenHow.Deleted, 10)], 0);

    [Fact]
    public void The_image_has_this_shape() => Assert.Equal(
        """{"fits":true,"parting":{"line":3,"text":"ENV A","there":null},"instructions":[{"line":2,"text":"COPY . /app","isInImage":true,"layer":1,"bytes":4096,"wastedBytes":2048"""
        + ""","hiddenBy":[{"line":4,"layer":3,"how":"metadataCopy","bytes":1024},{"line":null,"layer":9,"how":"overwritten","bytes":1024}],"hidesBytes":10"""
        + ""","findings":[{"check":"setuid-setgid","severity":"medium","title":"T","evidence":"E","layer":1,"path":"app/x","bytes":null,"remedy":"R","code":"CIS-DI-0008"}],"secrets":[{"rule":"by-name","title":"a secret","severity":"high","location":"app/y:3","path":"app/y","line":3,"layer":1,"removedIn":null,"masked":"abcd****"}]},"""
        + """{"line":3,"text":"ENV A","isInImage":false,"layer":null,"bytes":0,"wastedBytes":0,"hiddenBy":[],"hidesBytes":0,"findings":[],"secrets":[]}]"""
        + ""","base":{"line":null,"text":"1 layer of the base image","isInImage":true,"layer":0,"bytes":1024,"wastedBytes":10,"hiddenBy":[{"line":2,"layer":1,"how":"deleted","bytes":10}],"hidesBytes":0,"findings":[],"secrets":[]},"findings":[{"check":"healthcheck","severity":"low","title":"T","evidence":"E","layer":null,"path":null,"bytes":7,"remedy":"R","code":null}],"secrets":[]}""",
        Part("image", new(null, null, new(true, new(new(3, 1), "ENV A", null), [Copy, new(3, "ENV A", false, null, 0, 0, [], 0)], Base) { Found = new([new("healthcheck", Severity.Low, "T", "E", null, null, 7, "R", null)], []) })));

    [Fact]
    public void Of_an_image_of_another_file_it_says_only_where_the_two_part() => Assert.Equal(
        """{"fits":false,"parting":{"line":2,"text":"COPY . /app","there":"RUN make"},"instructions":[],"base":null,"findings":[],"secrets":[]}""",
        Part("image", new(null, null, new(false, new(new(2, 1), "COPY . /app", "RUN make"), [Copy], Base))));

    [Fact]
    public void A_hostile_name_stays_what_it_is_and_writes_no_control_character()
    {
        var around = new Surroundings(
            new(Hostile, new(1, 1), new(1, 1), new(0, 0), false, [new(Hostile, false, 1, 1, 0)], [new(Hostile, IgnoreReason.Unread, 1, 1, [])], [Hostile, "lone \ud800 surrogate"]),
            new([new([Hostile], 0, 1, 1, [new(2, "s", Hostile, null)], null)], [], []), null);
        var written = Written(around);
        Assert.DoesNotContain(written, character => character < ' ' && character != '\n');
        var json = JsonNode.Parse(written)!;
        Assert.Equal(Hostile, (string)json["context"]!["largest"]![0]!["path"]!);
        Assert.Equal(Hostile, (string)json["context"]!["ignoredBy"]!);
        Assert.Equal(Hostile, (string)json["cache"]!["changes"]![0]!["paths"]![0]!);
        Assert.Equal(Hostile, (string)json["cache"]!["steps"]![0]!["text"]!);
        Assert.Equal("lone \ufffd surrogate", (string)json["context"]!["notes"]![1]!);
    }

    [Fact]
    public async Task A_name_that_is_not_UTF_8_is_told_as_the_context_has_it()
    {
        Tool.SkipWithout("bash");
        using var folder = new TemporaryFolder();
        await Tool.Run("bash", ["-c", $"cd {folder.Root} && printf x > $'b\\xff\\e'"]);
        var report = Contexts.Contexts.Report(folder, "FROM a\nCOPY . .\n");
        await Tool.Run("bash", ["-c", $"rm -f {folder.Root}/b*"]);
        var note = (string)JsonNode.Parse(Written(new(report, null, null)))!["context"]!["notes"]![0]!;
        Assert.StartsWith("b\uFFFD\u001b: no UTF-8", note, StringComparison.Ordinal);
    }
}
