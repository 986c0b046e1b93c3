using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SeedHead.Explorer.Tests.Web;

/// <summary>Nonsense is answered with a sentence, and the server goes on.</summary>
public class RefusalTests(Served served) : IClassFixture<Served>
{
    [Theory]
    [InlineData("/api/picture?depth=9", "depth is '9'. Give a whole number from 1 to 8.")]
    [InlineData("/api/picture?depth=0", "from 1 to 8")]
    [InlineData("/api/picture?depth=four", "depth is 'four'")]
    [InlineData("/api/picture?depth=", "depth is ''")]
    [InlineData("/api/picture?width=100000", "from 1 to 256")]
    [InlineData("/api/picture?scale=0", "scale is '0'. Give a number from 0.1 to 100.")]
    [InlineData("/api/picture?scale=NaN", "scale is 'NaN'")]
    [InlineData("/api/picture?scale=1e999", "scale is '1e999'")]
    [InlineData("/api/picture?side=100000", "from 16 to 256")]
    [InlineData("/api/picture?activation=tahn", "Did you mean tanh?")]
    [InlineData("/api/picture?prior=flta", "Did you mean flat?")]
    [InlineData("/api/picture?seed=-1", "from 0 to 18446744073709551615")]
    [InlineData("/api/picture?seed=18446744073709551616", "from 0 to 18446744073709551615")]
    [InlineData("/api/picture?residual=yes", "residual is 'yes'")]
    [InlineData("/api/picture?colour=red", "Nothing here is called 'colour'")]
    [InlineData("/api/picture?depth=1&depth=2", "'depth' is given 2 times")]
    [InlineData("/api/measures?side=64", "Nothing here is called 'side'")]
    [InlineData("/api/limits?dimension=1", "from 2 to 30")]
    [InlineData("/api/limits?dimension=1000", "from 2 to 30")]
    [InlineData("/api/limits?bias=3", "from -2 to 2")]
    [InlineData("/api/limits?most=100000", "from 1 to 512")]
    [InlineData("/api/map?measure=beauty", "measure is 'beauty'")]
    [InlineData("/api/map/sheet?depth=%00", "Give a whole number")]
    [InlineData("/api/picture?activation=%3Cscript%3Ealert(1)%3C/script%3E", "activation is '<script>")]
    public async Task A_value_out_of_range_is_400_and_says_what_is_allowed(string path, string sentence)
    {
        (HttpStatusCode code, string error) = await served.Refused(new(HttpMethod.Get, path));
        Assert.Equal(HttpStatusCode.BadRequest, code);
        Assert.Contains(sentence, error);
    }

    [Fact]
    public async Task A_long_value_is_cut_in_the_answer()
    {
        (HttpStatusCode code, string error) = await served.Refused(new(HttpMethod.Get, "/api/picture?depth=" + new string('7', 1500)));
        Assert.Equal(HttpStatusCode.BadRequest, code);
        Assert.InRange(error.Length, 1, 120);
    }

    [Theory]
    [InlineData("GET", "/nowhere", 404, "There is nothing at /nowhere.")]
    [InlineData("GET", "/../../etc/passwd", 404, "nothing")]
    [InlineData("POST", "/api/picture", 405, "Only GET")]
    [InlineData("DELETE", "/", 405, "Only GET")]
    public async Task Another_path_or_method_is_refused(string method, string path, int expected, string sentence)
    {
        (HttpStatusCode code, string error) = await served.Refused(new(new(method), path));
        Assert.Equal(expected, (int)code);
        Assert.Contains(sentence, error);
    }

    [Theory]
    [InlineData("evil.example", 400)]
    [InlineData("127.0.0.1.evil.example", 400)]
    [InlineData("0.0.0.0", 400)]
    [InlineData("localhost", 200)]
    [InlineData("LOCALHOST:4242", 200)]
    public async Task Only_this_machines_own_names_are_answered(string host, int expected)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Host = host;
        using HttpResponseMessage answer = await served.Client.SendAsync(request);
        Assert.Equal(expected, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("cross-site", 400)]
    [InlineData("same-site", 400)]
    [InlineData("same-origin", 200)]
    [InlineData("none", 200)]
    public async Task A_page_elsewhere_cannot_make_this_machine_work(string site, int expected)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/picture?side=16");
        request.Headers.Add("Sec-Fetch-Site", site);
        using HttpResponseMessage answer = await served.Client.SendAsync(request);
        Assert.Equal(expected, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("\0\0\0\0\r\n\r\n")]
    [InlineData("GET\r\n\r\n")]
    [InlineData("GET / HTTP/9.9\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\n\r\n")] // without Host
    [InlineData("GET /%zz%ff?%%% HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 999999999999\r\n\r\n")]
    public async Task Bytes_that_are_no_request_are_refused_and_the_next_client_is_answered(string bytes)
    {
        string answer = await Raw(bytes);
        Assert.Matches(@"^HTTP/1\.1 (4\d\d|505) ", answer);
        using HttpResponseMessage next = await served.Client.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Fact]
    public async Task Headers_without_end_are_refused()
    {
        string answer = await Raw("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + new string('x', 20000) + "\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 431 ", answer);
    }

    [Fact]
    public async Task The_page_may_run_only_its_own_scripts_and_speaks_to_nobody_else()
    {
        using HttpResponseMessage answer = await served.Client.GetAsync("/");
        string policy = string.Join("; ", answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.DoesNotContain("http", policy);
        Assert.DoesNotMatch("(src|href)=\"(https?:)?//", await answer.Content.ReadAsStringAsync());
    }

    private async Task<string> Raw(string bytes)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, served.Address.Port);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(bytes));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var answer = new byte[4096];
        int read = await stream.ReadAsync(answer, limit.Token);
        return Encoding.Latin1.GetString(answer, 0, read);
    }
}
