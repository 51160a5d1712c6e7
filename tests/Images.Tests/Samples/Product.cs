using System.Text.Json;

namespace Plimsoll.Images.Tests.Samples;

/// <summary>The product's own command line.</summary>
internal static class Product
{
    public static Task<Outcome> Run(string[] arguments, params (string Name, string Value)[] environment) =>
        Command.Run("dotnet", [Path.Combine(AppContext.BaseDirectory, "plimsoll.dll"), .. arguments], environment);

    /// <summary>What a verb that passes says as JSON.</summary>
    public static async Task<JsonDocument> Json(params string[] arguments) => JsonDocument.Parse((await Run([.. arguments, "--format", "json"])).Text);
}
