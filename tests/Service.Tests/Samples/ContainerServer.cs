using DotNet.Testcontainers.Containers;

namespace Plimsoll.Service.Tests.Samples;

/// <summary>
/// A server in a container, for machines with a container engine and without the server's own programs. <c>PLIMSOLL_TEST_SERVERS=containers</c>
/// takes it in any case.
/// </summary>
internal sealed class ContainerServer(IContainer container)
{
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    public static bool IsWanted { get; } = Environment.GetEnvironmentVariable("PLIMSOLL_TEST_SERVERS") == "containers";

    /// <summary>The server, or why there is none.</summary>
    /// <param name="absent">What the machine lacks.</param>
    public static async Task<(ContainerServer? Server, string? Missing)> TryStart(string absent, Func<IContainer> build)
    {
        try
        {
            var server = new ContainerServer(build());
            await server.Start();
            return (server, null);
        }
        // The engine's own words: there are as many ways not to have one as there are engines.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return (null, $"{(IsWanted ? "containers are wanted" : absent)}, and no container engine starts one: {e.Message.Split('\n')[0]}");
        }
    }

    public async Task Start()
    {
        using var patience = new CancellationTokenSource(Longest);
        await container.StartAsync(patience.Token);
    }

    public Task Stop() => container.StopAsync();

    public ValueTask DisposeAsync() => container.DisposeAsync();
}
