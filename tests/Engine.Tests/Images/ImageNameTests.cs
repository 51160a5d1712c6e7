using Plimsoll.Engine.Images;

namespace Plimsoll.Engine.Tests.Images;

public sealed class ImageNameTests
{
    [Theory]
    [InlineData("registry.example:65536/shop/web")]
    [InlineData("registry.example:99999/shop/web")]
    [InlineData("a..b:5000/shop/web")]
    [InlineData("[:::]:5000/shop/web")]
    public void A_registry_that_no_address_can_have_is_no_reference(string name)
    {
        Assert.False(ImageName.TryParse(name, null, out _));
        Assert.Contains("is not an image reference", Assert.Throws<FormatException>(() => ImageName.Parse(name)).Message);
    }

    [Theory]
    [InlineData("registry.example:65535/shop/web")]
    [InlineData("[::1]:5000/shop/web")]
    [InlineData("localhost/shop/web")]
    [InlineData("127.0.0.1:1/web")]
    public void A_registry_is_a_host_with_or_without_a_port(string name) => Assert.Equal(name + ":latest", ImageName.Parse(name).ToString());
}
