using Plimsoll.Engine.Packages;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Tests.Packages;

/// <summary>
/// Package URLs of the types that are reported, with the cases of the specification's own test suite (github.com/package-url/purl-spec, commit
/// 16f3d0e of 2026-08-21, <c>tests/types/*-test.json</c>). A case is here in the form in which an ecosystem names the package. Cases with a subpath
/// are left out, since no package is reported with one, and those that read a URL.
/// </summary>
public sealed class PackageUrlTests
{
    [Theory]
    [InlineData("pkg:apk/alpine/curl@7.83.0-r0?arch=x86", "alpine", "apk", "curl", "7.83.0-r0", "arch=x86")]
    [InlineData("pkg:apk/alpine/apk@2.12.9-r3?arch=x86", "alpine", "apk", "apk", "2.12.9-r3", "arch=x86")]
    [InlineData("pkg:cargo/rand@0.7.2", null, "cargo", "rand", "0.7.2")]
    [InlineData("pkg:cargo/clap@2.33.0", null, "cargo", "clap", "2.33.0")]
    [InlineData("pkg:cargo/structopt@0.3.11", null, "cargo", "structopt", "0.3.11")]
    [InlineData("pkg:composer/laravel/laravel@5.5.0", null, "composer", "laravel/laravel", "5.5.0")]
    [InlineData("pkg:composer/laravel/laravel@5.5.0", null, "composer", "Laravel/Laravel", "5.5.0")]
    [InlineData("pkg:deb/debian/curl@7.50.3-1?arch=i386&distro=jessie", "debian", "deb", "curl", "7.50.3-1", "arch=i386", "distro=jessie")]
    [InlineData("pkg:deb/debian/dpkg@1.19.0.4?arch=amd64&distro=stretch", "debian", "deb", "dpkg", "1.19.0.4", "arch=amd64", "distro=stretch")]
    [InlineData("pkg:deb/ubuntu/dpkg@1.19.0.4?arch=amd64", "ubuntu", "deb", "dpkg", "1.19.0.4", "arch=amd64")]
    [InlineData("pkg:deb/debian/attr@1:2.4.47-2?arch=source", "debian", "deb", "attr", "1:2.4.47-2", "arch=source")]
    [InlineData("pkg:deb/debian/attr@1:2.4.47-2%2Bb1?arch=amd64", "debian", "deb", "attr", "1:2.4.47-2+b1", "arch=amd64")]
    [InlineData("pkg:gem/jruby-launcher@1.1.2?platform=java", null, "gem", "jruby-launcher", "1.1.2", "platform=java")]
    [InlineData("pkg:gem/ruby-advisory-db-check@0.12.4", null, "gem", "ruby-advisory-db-check", "0.12.4")]
    [InlineData("pkg:generic/openssl@1.1.10g", null, "generic", "openssl", "1.1.10g")]
    [InlineData("pkg:generic/openssl@1.1.10g?checksum=sha256:de4d501267da&download_url=https:%2F%2Fopenssl.org%2Fsource%2Fopenssl-1.1.0g.tar.gz", null,
        "generic", "openssl", "1.1.10g", "download_url=https://openssl.org/source/openssl-1.1.0g.tar.gz", "checksum=sha256:de4d501267da")]
    [InlineData("pkg:generic/bitwarderl?vcs_url=git%2Bhttps:%2F%2Fgit.fsfe.org%2Fdxtr%2Fbitwarderl%40cc55108da32", null,
        "generic", "bitwarderl", "", "vcs_url=git+https://git.fsfe.org/dxtr/bitwarderl@cc55108da32")]
    [InlineData("pkg:generic/openssl@1.1.10g?checksum=sha1:ad9503c3e994a4f%2Csha256:41bf9088b3a1e6c1ef1d", null,
        "generic", "openssl", "1.1.10g", "checksum=sha1:ad9503c3e994a4f,sha256:41bf9088b3a1e6c1ef1d")]
    [InlineData("pkg:golang/github.com/gorilla/context@234fd47e07d1004f0aed9c", null, "golang", "github.com/gorilla/context", "234fd47e07d1004f0aed9c")]
    [InlineData("pkg:golang/google.golang.org/genproto@abcdedf", null, "golang", "google.golang.org/genproto", "abcdedf")]
    [InlineData("pkg:maven/org.apache.commons/io@1.3.4", null, "maven", "org.apache.commons:io", "1.3.4")]
    [InlineData("pkg:maven/org.apache.commons/io", null, "maven", "org.apache.commons:io", "")]
    [InlineData("pkg:maven/HTTPClient/HTTPClient@0.3-3", null, "maven", "HTTPClient:HTTPClient", "0.3-3")]
    [InlineData("pkg:maven/mygroup/myartifact@1.0.0%20Final?mykey=my%20value", null, "maven", "mygroup:myartifact", "1.0.0 Final", "mykey=my value")]
    [InlineData("pkg:maven/org.apache.xmlgraphics/batik-anim@1.9.1?classifier=sources&repository_url=repo.spring.io%2Frelease", null,
        "maven", "org.apache.xmlgraphics:batik-anim", "1.9.1", "repository_url=repo.spring.io/release", "classifier=sources")]
    [InlineData("pkg:maven/net.sf.jacob-project/jacob@1.14.3?classifier=x86&type=dll", null, "maven", "net.sf.jacob-project:jacob", "1.14.3", "type=dll", "classifier=x86")]
    [InlineData("pkg:maven/groovy/groovy@1.0?repository_url=https:%2F%2Fmaven.google.com", null, "maven", "groovy:groovy", "1.0", "repository_url=https://maven.google.com")]
    [InlineData("pkg:npm/foobar@12.3.1", null, "npm", "foobar", "12.3.1")]
    [InlineData("pkg:npm/%40angular/animation@12.3.1", null, "npm", "@angular/animation", "12.3.1")]
    [InlineData("pkg:npm/mypackage@12.4.5?vcs_url=git:%2F%2Fhost.com%2Fpath%2Fto%2Frepo.git%404345abcd34343", null,
        "npm", "mypackage", "12.4.5", "vcs_url=git://host.com/path/to/repo.git@4345abcd34343")]
    [InlineData("pkg:nuget/EnterpriseLibrary.Common@6.0.1304", null, "nuget", "EnterpriseLibrary.Common", "6.0.1304")]
    [InlineData("pkg:pypi/django-package@1.11.1.dev1", null, "pypi", "Django_package", "1.11.1.dev1")]
    [InlineData("pkg:pypi/django@1.11.1?file_name=Django-1.11.1-py2.py3-none-any.whl", null, "pypi", "django", "1.11.1", "file_name=Django-1.11.1-py2.py3-none-any.whl")]
    [InlineData("pkg:pypi/django-allauth@12.23", null, "pypi", "django-allauth", "12.23")]
    [InlineData("pkg:rpm/fedora/curl@7.50.3-1.fc25?arch=i386&distro=fedora-25", "fedora 25", "rpm", "curl", "7.50.3-1.fc25", "arch=i386")]
    [InlineData("pkg:rpm/fedora/centerim@4.22.10-1.el6?arch=i686&distro=fedora-25&epoch=1", "fedora 25", "rpm", "centerim", "1:4.22.10-1.el6", "arch=i686", "epoch=1")]
    public void A_case_of_the_specification(string expected, string? system, string type, string name, string version, params string[] qualifiers)
    {
        var pairs = qualifiers.Select(pair => pair.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1])).ToLookup(pair => pair.Key == "arch");
        var package = new InstalledPackage(type, name, version) { Architecture = pairs[true].Select(pair => pair.Value).FirstOrDefault(), Qualifiers = [.. pairs[false]] };
        var os = system?.Split(' ') is [var id, .. var release] ? new OsRelease(id, release.FirstOrDefault(), id) : null;
        Assert.Equal(expected, PackageUrl.Of(package, os));
    }

    /// <summary>Rules of the types' definitions (<c>types/*-definition.json</c>) that no case of the suite shows.</summary>
    [Theory]
    [InlineData("pkg:pypi/zope.interface@6.0rc1", "pypi", "zope.interface", "6.0RC1")]
    [InlineData("pkg:golang/github.com/burntsushi/toml@v1.2.1", "golang", "github.com/BurntSushi/toml", "v1.2.1")]
    [InlineData("pkg:golang/stdlib@1.22.1", "golang", "stdlib", "1.22.1")]
    [InlineData("pkg:golang/example.com/app@%28devel%29", "golang", "example.com/app", "(devel)")]
    [InlineData("pkg:deb/debian/libstdc%2B%2B6@12.2.0-14", "deb", "libstdc++6", "12.2.0-14")]
    [InlineData("pkg:rpm/redhat/ImageMagick@7.1", "rpm", "ImageMagick", "7.1")]
    [InlineData("pkg:cargo/Inflector@0.11.4", "cargo", "Inflector", "0.11.4")]
    [InlineData("pkg:generic/a%20b%2Fc%40d%3Fe%23f%C3%A9~._-@1", "generic", "a b/c@d?e#fé~._-", "1")]
    public void A_rule_of_a_type(string expected, string type, string name, string version) => Assert.Equal(expected, PackageUrl.Of(new InstalledPackage(type, name, version), null));
}
