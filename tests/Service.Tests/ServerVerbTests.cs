using System.Formats.Tar;
using System.Text.Json;
using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Service.Tests.Samples;

namespace Plimsoll.Service.Tests;

/// <summary>The verbs of the command line that ask a server, as processes, against the service.</summary>
public sealed class ServerVerbTests(PostgresServer postgres, RedisServer redis)
{
    static readonly string Sample = Repository.At("samples/webapp.tar");

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static Terminal TerminalOf(Samples.Service service) => new(service.Address, Samples.Service.AdminToken);

    static async Task Put(Samples.Service service, string name, string text)
    {
        using var put = await service.Http.PutAsync($"/v1/policies/{name}", new StringContent(text, null, "application/yaml"), Ct);
        put.EnsureSuccessStatusCode();
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task Submit_prints_the_id_alone_and_wait_verdict_and_report_take_it(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        await Put(service, "strict", "name: strict\nlimits: { size: 1MB }\n");
        using var terminal = TerminalOf(service);
        var submitted = (await terminal.Run("submit", Sample)).Exits(0);
        var id = Guid.Parse(submitted.Output.TrimEnd('\n'));
        Assert.Contains($"plimsoll wait {id}", submitted.Error, StringComparison.Ordinal);
        var waited = (await terminal.Run("wait", $"{id}")).Exits(0);
        Assert.Matches(@"\n[0-9a-f]{12}  docker\.io/library/webapp:1\.4\.2 +linux/amd64 +1\.6 MiB +16", waited.Output);
        Assert.Contains("limits.size", (await terminal.Run("verdict", $"{id}", "--policy", "strict")).Exits(1).Output, StringComparison.Ordinal);
        Assert.Contains("Findings", (await terminal.Run("report", $"{id}")).Exits(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_waits_and_ends_with_the_verdict_of_a_policy_of_the_server_or_in_a_file()
    {
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis);
        await Put(service, "strict", "name: strict\nlimits: { size: 1MB }\n");
        using var terminal = TerminalOf(service);
        var failed = (await terminal.Run("submit", Sample, "--wait", "--policy", "strict")).Exits(1);
        Assert.StartsWith(" FAIL ", failed.Output, StringComparison.Ordinal);
        var lax = terminal.Home.Write("lax.yaml", "name: lax\nlimits: { size: 1GB }\n");
        Assert.StartsWith(" PASS ", (await terminal.Run("submit", Sample, "--wait", "--policy", lax)).Exits(0).Output, StringComparison.Ordinal);
        var unsure = terminal.Home.Write("unsure.yaml", "name: unsure\nvulnerabilities: { failOn: high }\n");
        using var verdict = JsonDocument.Parse((await terminal.Run("submit", Sample, "--wait", "--policy", unsure, "--format", "json")).Exits(3).Output);
        Assert.Equal("Undecided", verdict.RootElement.GetProperty("outcome").GetString());
        Assert.Contains("linux/arm64", (await terminal.Run("submit", Sample, "--wait", "--policy", lax, "--platform", "linux/arm64")).Exits(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_that_is_not_there_is_told_before_anything_is_sent()
    {
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis);
        using var terminal = TerminalOf(service);
        Assert.Contains("there is no policy 'nix'", (await terminal.Run("submit", Sample, "--wait", "--policy", "nix")).Exits(2).Error, StringComparison.Ordinal);
        var wrong = terminal.Home.Write("wrong.yaml", "name: wrong\nlimit: 3\n");
        Assert.StartsWith($"{wrong}:2:1: ", (await terminal.Run("submit", Sample, "--wait", "--policy", wrong)).Exits(64).Error, StringComparison.Ordinal);
        (await terminal.Run("submit", Sample, "--policy", "nix")).Exits(64);
        Assert.Empty((await service.Json("/v1/inspections")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task The_report_of_the_server_is_that_of_inspect_in_each_form()
    {
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis);
        using var terminal = TerminalOf(service);
        (await terminal.Run("submit", Sample, "--wait")).Exits(0);
        string[] formats = ["terminal", "json", "markdown", "cyclonedx", "spdx", "sarif", "junit", "gitlab", "html"];
        string[] Wanted(string folder) => [.. formats.SelectMany(format => new[] { "--format", $"{format}={terminal.Home.At($"{folder}.{format}")}" })];
        (await terminal.Run(["inspect", Sample, .. Wanted("here")])).Exits(0);
        (await terminal.Run(["report", "webapp:1.4.2", .. Wanted("there")])).Exits(0);
        Assert.All(formats, format => Assert.Equal(File.ReadAllText(terminal.Home.At($"here.{format}")), File.ReadAllText(terminal.Home.At($"there.{format}"))));
    }

    [Fact]
    public async Task Images_are_listed_the_latest_first_and_found_by_name_and_digits()
    {
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis);
        using var terminal = TerminalOf(service);
        Assert.Contains("plimsoll submit", (await terminal.Run("images")).Exits(0).Error, StringComparison.Ordinal);
        foreach (var number in (int[])[3, 1, 2])
            (await terminal.Run(TinyImage.Archive(number), "submit", "-", "--wait")).Exits(0);
        var rows = (await terminal.Run("images")).Exits(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];
        Assert.Equal(["image:2", "image:1", "image:3"], rows.Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1].Split('/')[^1]));
        using var list = JsonDocument.Parse((await terminal.Run("images", "--format", "json", "--top", "1")).Exits(0).Output);
        var only = Assert.Single(list.RootElement.EnumerateArray().ToList());
        Assert.StartsWith(rows[0][..12], only.GetProperty("digest").GetString()!["sha256:".Length..], StringComparison.Ordinal);
        foreach (var word in (string[])[rows[0][..12], only.GetProperty("digest").GetString()!, "tiny/image:2"])
            Assert.Contains("tiny/image:2", (await terminal.Run("report", word)).Exits(0).Output, StringComparison.Ordinal);
        Assert.Contains("no such image", (await terminal.Run("report", "tiny/image:9")).Exits(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_an_upload_gave_itself_is_no_proof()
    {
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis);
        await Put(service, "lax", "name: lax\n");
        using var terminal = TerminalOf(service);
        (await terminal.Run(TinyImage.Archive(7), "submit", "-", "--wait")).Exits(0);
        var asked = (await terminal.Run("verdict", "tiny/image:7", "--policy", "lax")).Exits(3);
        Assert.Contains("UNDECIDED", asked.Output, StringComparison.Ordinal);
        Assert.Contains("an upload calls itself tiny/image:7", asked.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_layout_in_a_directory_is_sent_with_nothing_else_that_lies_there()
    {
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis);
        using var terminal = TerminalOf(service);
        var folder = terminal.Home.At("layout");
        Directory.CreateDirectory(folder);
        await TarFile.ExtractToDirectoryAsync(new MemoryStream(TinyImage.Archive(5)), folder, overwriteFiles: false, Ct);
        await File.WriteAllTextAsync(Path.Combine(folder, ".env"), "PASSWORD=of-the-user", Ct);
        (await terminal.Run("submit", folder, "--wait")).Exits(0);
        using var sent = new MemoryStream();
        await Client.Inspections.Layout.Find(folder)!.Write(sent, Ct);
        sent.Position = 0;
        var arrived = Directory.CreateDirectory(terminal.Home.At("arrived"));
        await TarFile.ExtractToDirectoryAsync(sent, arrived.FullName, overwriteFiles: false, Ct);
        Assert.Equal(["layer0.tar", "manifest.json"], arrived.GetFiles().Select(file => file.Name).Where(name => name.Length < 64).Order(StringComparer.Ordinal));
        Assert.Equal(3, arrived.GetFileSystemInfos().Length);
        Assert.Contains("holds no image", (await terminal.Run("submit", terminal.Home.Root)).Exits(2).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a text", "give what docker save")]
    [InlineData("", "give what docker save")]
    public async Task What_is_no_image_ends_with_what_to_give(string content, string remedy)
    {
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis);
        using var terminal = TerminalOf(service);
        Assert.Contains(remedy, (await terminal.Run("submit", terminal.Home.Write("web.tar", content), "--wait")).Exits(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_inspection_that_fails_ends_with_its_reason_and_one_that_lasts_with_how_to_go_on()
    {
        await using (var service = await Samples.Service.Start(Mode.Embedded, postgres, redis))
        {
            using var terminal = TerminalOf(service);
            Assert.Matches("^standard input is .*\nplimsoll: standard input: .+: .+\n", (await terminal.Run([0x1f, 0x8b, 1], "submit", "-", "--wait")).Exits(2).Error);
        }
        await using var idle = await Samples.Service.StartApi(await postgres.NewDatabase(), redis);
        using var patient = TerminalOf(idle);
        Assert.Matches("'plimsoll wait [0-9a-f-]{36}'", (await patient.Run("submit", Sample, "--wait", "--timeout", "1s")).Exits(2).Error);
    }
}
