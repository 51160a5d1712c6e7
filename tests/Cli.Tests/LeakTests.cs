using System.Text.Json.Nodes;
using Plimsoll.Cli.Tests.Samples;

namespace Plimsoll.Cli.Tests;

/// <summary>Secrets are planted in an image, and whatever the program prints of it is searched for every stretch of their values that is longer than a mask shows.</summary>
public sealed class LeakTests : IDisposable
{
    // Letters and digits that are in no word, and no token that a scanner of a hosting platform could take for a real one.
    const string Env = "Zq4Xw9Kd2Vb7Rm3T", Argument = "Yt6Hs1Lp8Cn5Fj0G", Option = "Xe3Ua7Qi2Wo9Dr4S", InFile = "Wk8Bz5Mv1Pg6Th0N", Deleted = "Vr2Jc9Ex4Ls7Ay3K", Token = "Ug5Td0Rf8Iw1Qo6B";

    readonly Folder _folder = new();

    string Image => _folder.Write("shop.tar", Archive.Of(new Image("shop/web:1.0",
        Archive.Layer(("app/.env", $"A=1\nDB_PASSWORD={InFile}\n"), ("app/config.yml", $"token: gl{"pat-"}{Token}Abc1\n"), ("root/.netrc", $"machine git.shop.org login ci password {Deleted}\n")),
        Archive.Layer(("root/.wh..netrc", ""), ("app/web", "x")))
    {
        Commands = [$"|1 NPM_TOKEN={Argument} /bin/sh -c npm ci --token {Argument} && curl -u ci:{Option} https://x", $"RUN /bin/sh -c echo {Env} | sha256sum # buildkit"],
        Config = new JsonObject
        {
            ["Env"] = new JsonArray($"DB_PASSWORD={Env}", $"URL=redis://:{Env}@cache"), ["Cmd"] = new JsonArray("web", "--api-key", Option, Env), ["User"] = "0",
            ["Labels"] = new JsonObject { ["shop.api-key"] = Option },
        },
    }));

    string Other => _folder.Write("other.tar", Archive.Of(Archive.Layer(("app/web", "y"))));

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Commands =>
    [
        "inspect IMAGE", "inspect IMAGE --policy POLICY", "inspect IMAGE --format json", "inspect IMAGE --format markdown", "inspect IMAGE --format html", "inspect IMAGE --format sarif",
        "inspect IMAGE --format junit", "inspect IMAGE --format gitlab", "inspect IMAGE --format cyclonedx", "inspect IMAGE --format spdx", "sbom IMAGE", "layers IMAGE", "layers IMAGE --format json",
        "files IMAGE", "files IMAGE --layer 0 --format json", "compare IMAGE OTHER", "compare OTHER IMAGE", "compare OTHER IMAGE --format json", "inspect CUT", "inspect IMAGE --image nothing",
        $"inspect ci:{Env}@127.0.0.1:1/shop", $"inspect https://ci:{Env}@127.0.0.1:1/shop",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task No_planted_value_is_printed_by(string command)
    {
        var cut = _folder.Write("cut.tar", File.ReadAllBytes(Image)[..^3000]);
        var arguments = command.Split(' ').Select(word => word switch { "IMAGE" => Image, "OTHER" => Other, "CUT" => cut, "POLICY" => Repository.At("policies/production.yaml"), _ => word });
        foreach (var columns in (string[])["60", "160"])
        {
            var run = await Tool.Run([.. arguments], null, ("FORCE_COLOR", columns == "160" ? "1" : ""), ("COLUMNS", columns));
            var printed = run.Output + run.Error;

            Assert.True(printed.Length > 20, printed);
            Assert.Equal([], Stretches().Where(stretch => printed.Contains(stretch, StringComparison.OrdinalIgnoreCase)));
        }
    }

    [Fact]
    public async Task The_terminal_lists_the_secrets_of_files_with_their_masks()
    {
        var lines = (await Tool.Run("inspect", Image)).Exits(0).Output.Split('\n').SkipWhile(line => !line.StartsWith("Secrets in files", StringComparison.Ordinal)).TakeWhile(line => line.Length > 0).ToList();

        Assert.EndsWith(" 2 critical | 1 high", lines[0], StringComparison.Ordinal);
        Assert.Contains("  critical  gitlab-token     A GitLab token", lines);
        Assert.Contains("            #0 app/config.yml:1 = glpa****", lines);
        Assert.Contains("            #0 root/.netrc:1 = Vr2J****  hidden by #1", lines);
        Assert.Contains("            #0 app/.env:2 = Wk8B****", lines);
    }

    [Fact]
    public async Task An_image_without_secrets_says_so() =>
        Assert.Matches("(?m)^Secrets in files -+ none$", (await Tool.Run("inspect", Other)).Exits(0).Output);

    static IEnumerable<string> Stretches() =>
        from value in (string[])[Env, Argument, Option, InFile, Deleted, Token] from start in Enumerable.Range(0, value.Length - 7) select value.Substring(start, 8);
}
