namespace Plimsoll.Images.Tests.Samples;

/// <summary>The images that Skaffold's profile dev runs, built when the first test asks for one.</summary>
public sealed class DevImages(BuiltImages images) : IAsyncDisposable
{
    const string Tag = "test-dev";

    readonly Lazy<Task> _built = new(() => BuiltImages.Build(Tag, ("TARGET", "dev")));

    public async Task<string> Of(string program)
    {
        // Where these cannot be built, neither can the others, and the test is skipped with the reason.
        Assert.NotEmpty(images.Api);
        await _built.Value;
        return $"plimsoll/{program}:{Tag}";
    }

    public async ValueTask DisposeAsync()
    {
        if (_built.IsValueCreated)
            await Docker.Run("image", "rm", "--force", $"plimsoll/api:{Tag}", $"plimsoll/worker:{Tag}");
    }
}
