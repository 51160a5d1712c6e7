using System.Text.Json.Nodes;
using Plimsoll.Cli.Tests.Samples;

namespace Plimsoll.Cli.Tests;

/// <summary>An image writes its own names, commands and labels. None of them may speak to the terminal.</summary>
public sealed class HostileNameTests : IDisposable
{
    // Clears the screen, forges a line, turns the writing round, hides, and looks like Spectre's markup.
    const string Hostile = "a\e[2J\u009b1mb\rPASS\u202ecod\u200b.exe[red]x[/]\u0007";

    readonly Folder _folder = new();
    readonly string _image;

    public HostileNameTests()
    {
        var first = Archive.Layer(($"app/{Hostile}", new string('s', 9000)), ($"app/.env{Hostile}", "SECRET_KEY=0f9d8b7a6c5e4d3f2a1b\n"));
        var second = Archive.Layer(($"app/.wh.{Hostile}", ""), ("usr/bin/x", "y"));
        _image = _folder.Write("hostile.tar", Archive.Of(new Image("shop/web:1.0", first, second)
        {
            Commands = [$"RUN {Hostile}", $"COPY {Hostile}"],
            Config = new JsonObject { ["User"] = Hostile, ["WorkingDir"] = Hostile, ["Env"] = new JsonArray($"PASSWORD_{Hostile}=hunter2hunter2") },
        }));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("inspect")]
    [InlineData("inspect --format markdown")]
    [InlineData("inspect --format json")]
    [InlineData("layers")]
    [InlineData("files")]
    [InlineData("files --layer 1")]
    [InlineData("files --format json")]
    public async Task Names_in_an_image_do_not_reach_the_terminal_raw(string verb)
    {
        var words = verb.Split(' ');
        var run = (await Tool.Run([words[0], _image, .. words[1..]])).Exits(0);
        Assert.DoesNotContain(run.Output, c => c is '\e' or '\r' or '\a' or '\u009b' or '\u202e' or '\u200b');
    }

    [Fact]
    public async Task Nor_do_they_through_a_coloured_report()
    {
        var run = (await Tool.Run(["inspect", _image], null, ("FORCE_COLOR", "1"))).Exits(0);
        Assert.DoesNotContain("\e[2J", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Output, c => c is '\r' or '\a' or '\u009b' or '\u202e' or '\u200b');
        Assert.Contains("[red]x[/]", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nor_do_they_through_a_complaint()
    {
        var run = (await Tool.Run("inspect", $"./{Hostile.Replace("\0", "", StringComparison.Ordinal)}")).Exits(2);
        Assert.DoesNotContain(run.Error, c => c is '\e' or '\r' or '\a' or '\u202e');
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Two_names_that_differ_in_hidden_characters_look_different()
    {
        var image = _folder.Write("twins.tar", Archive.Of(Archive.Layer(("app/web", "1"), ("app/w\u200beb", "2"))));
        var lines = (await Tool.Run("files", image)).Exits(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains(lines, line => line.EndsWith("app/web", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.EndsWith(@"app/w\u{200b}eb", StringComparison.Ordinal));
    }
}
