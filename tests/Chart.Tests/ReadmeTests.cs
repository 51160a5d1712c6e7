using System.Text.Json.Nodes;
using Plimsoll.Chart.Tests.Samples;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Chart.Tests;

/// <summary>What is written about the chart, held against it.</summary>
public sealed class ReadmeTests
{
    const string Begin = "<!-- values -->\n";
    const string End = "<!-- end of values -->";

    /// <summary>To write the table anew: <c>WRITE_README=1 dotnet run --project tests/Chart.Tests -- -class '*ReadmeTests'</c>.</summary>
    [Fact]
    public void The_table_of_the_readme_is_that_of_the_values()
    {
        var file = Repository.At("charts/plimsoll/README.md");
        var text = File.ReadAllText(file);
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        var right = text[..begin] + ValuesTable.Read() + text[end..];
        if (Environment.GetEnvironmentVariable("WRITE_README") is { Length: > 0 })
            File.WriteAllText(file, right);
        else
            Assert.Equal(right, text);
    }

    [Fact]
    public void Each_value_says_what_it_is() => Assert.Empty(ValuesTable.Read().Silent);

    // Helm itself holds the values against the schema.
    [Fact]
    public void The_schema_has_no_value_that_the_table_does_not_have()
    {
        var schema = JsonNode.Parse(File.ReadAllText(Repository.At("charts/plimsoll/values.schema.json")))!.AsObject();
        var values = Keys(Yaml.Documents(File.ReadAllText(Repository.At("charts/plimsoll/values.yaml"))).Single(), "").ToList();
        // What Kubernetes allows besides, in maps that are values as a whole, and maps of anything that have something in them.
        Assert.All(Described(schema, schema, "").Except(values).Where(key => !values.Exists(value => key.StartsWith($"{value}.", StringComparison.Ordinal) || value.StartsWith($"{key}.", StringComparison.Ordinal))),
            key => Assert.Matches(@"^(podSecurityContext|containerSecurityContext)\.|\.(resources|probes)\.|^probes\.", key));
    }

    [Fact]
    public async Task What_is_printed_after_an_install_are_three_commands_that_fit_it()
    {
        var notes = await Notes("--namespace", "team");
        Assert.Contains("kubectl --namespace team port-forward service/plimsoll 8000:80", notes, StringComparison.Ordinal);
        Assert.Contains("get secret plimsoll --output go-template='{{ index .data \"ADMIN_TOKEN\" | base64decode }}'", notes, StringComparison.Ordinal);
        Assert.Contains("plimsoll login http://127.0.0.1:8000 --token-stdin", notes, StringComparison.Ordinal);
        Assert.Contains("plimsoll submit IMAGE --wait", notes, StringComparison.Ordinal);
        Assert.Contains("get secret plimsoll-keys --output go-template='{{ index .data \"admin\" | base64decode }}'", await Notes(Helm.Case("external")), StringComparison.Ordinal);
        Assert.Contains("https://plimsoll.example/", await Notes(Helm.Case("scaled")), StringComparison.Ordinal);
        Assert.Contains("everything is lost", await Notes(Helm.Case("small")), StringComparison.Ordinal);
        Assert.Contains("in every namespace: \"kubectl get imagerollouts", notes, StringComparison.Ordinal);
        Assert.Contains("in the namespaces checkout, search:", await Notes(Helm.Case("guarded")), StringComparison.Ordinal);
        Assert.DoesNotContain("ImageRollout", await Notes(Helm.Case("small")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_five_lines_of_the_README_name_what_is_there()
    {
        var text = File.ReadAllText(Repository.At("README.md"));
        var chapter = text[text.IndexOf("\n## In Kubernetes\n", StringComparison.Ordinal)..];
        var lines = chapter.Split("```")[1].Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];
        Assert.Equal(5, lines.Length);
        var install = lines[0].Split(' ');
        Assert.Equal(["helm", "install", "plimsoll", "charts/plimsoll"], install[..4]);
        var chart = Rendering.Of((await Helm.Newest.Run(["template", "plimsoll", Helm.Folder, .. install[4..]])).Succeeded().Output);
        Assert.All(chart.Objects.Where(one => one["metadata"]!["namespace"] is not null), one => Assert.Equal("plimsoll", (string?)one["metadata"]!["namespace"]));
        Assert.Contains(chart.Get("Deployment", "plimsoll-api")["metadata"]!["name"]!.ToString(), lines[1], StringComparison.Ordinal);
        Assert.Contains($"service/plimsoll 8000:{chart.Get("Service", "plimsoll")["spec"]!["ports"]![0]!["port"]}", lines[2], StringComparison.Ordinal);
        Assert.Contains("get secret plimsoll --output go-template='{{ .data.ADMIN_TOKEN | base64decode }}'", lines[3], StringComparison.Ordinal);
        Assert.NotNull(chart.Get("Secret", "plimsoll")["data"]!["ADMIN_TOKEN"]);
    }

    static async Task<string> Notes(params string[] arguments)
    {
        // Helm 3 wants a cluster even for this.
        var output = (await Helm.OfMajor(4).Run(["install", "plimsoll", Helm.Folder, "--dry-run=client", .. arguments])).Succeeded().Output;
        return output[output.IndexOf("\nNOTES:", StringComparison.Ordinal)..];
    }

    static IEnumerable<string> Keys(JsonObject mapping, string path) => mapping.SelectMany(member =>
        member.Value is JsonObject { Count: > 0 } inner ? Keys(inner, $"{path}{member.Key}.") : [$"{path}{member.Key}"]);

    static IEnumerable<string> Described(JsonObject root, JsonObject schema, string path)
    {
        if ((string?)schema["$ref"] is { } reference)
            return Described(root, root["definitions"]![reference["#/definitions/".Length..]]!.AsObject(), path);
        if (schema["properties"] is JsonObject { Count: > 0 } properties)
            return properties.SelectMany(member => Described(root, member.Value!.AsObject(), path.Length == 0 ? member.Key : $"{path}.{member.Key}"));
        return [path];
    }
}
