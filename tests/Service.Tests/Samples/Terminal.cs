using Plimsoll.Cli.Tests.Samples;
using Plimsoll.Engine.Tests.Samples;
using Tool = Plimsoll.Cli.Tests.Samples.Tool;

namespace Plimsoll.Service.Tests.Samples;

/// <summary>The command line as somebody uses it who has a home of his own: its processes see nothing of the machine's logins.</summary>
internal sealed class Terminal(string? server, string? token = null) : IDisposable
{
    public TemporaryFolder Home { get; } = new();

    public string LoginFile => Home.At("plimsoll/login.json");

    /// <summary>All that was ever printed.</summary>
    public string Said { get; private set; } = "";

    public Task<Outcome> Run(params string[] arguments) => Run(null, arguments);

    public async Task<Outcome> Run(byte[]? input, params string[] arguments)
    {
        var outcome = await Tool.Run(arguments, input, Environment);
        Said += outcome.Output + outcome.Error;
        return outcome;
    }

    public (string Name, string Value)[] Environment =>
    [
        ("XDG_CONFIG_HOME", Home.Root),
        .. server is null ? [] : new[] { ("PLIMSOLL_URL", server) },
        .. token is null ? [] : new[] { ("PLIMSOLL_TOKEN", token) },
    ];

    public void Dispose() => Home.Dispose();
}
