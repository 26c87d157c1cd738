namespace DeepLearning.Tests.Layers.Regularization;

/// <summary>
/// See <see cref="FilledGolden"/> for how the rows were made. What is dropped and which slopes are drawn is what seed 1 gives here;
/// the rest is PyTorch's.
/// </summary>
public class RegularizationGoldenTests
{
    private static readonly Dictionary<string, FilledRow> s_rows = new()
    {
        // use(nn.Embedding(5, 4))(tokens) + x
        ["Embedding"] = new(() => new Embedding(5, 4, new Generator(1)), [[2, 3, 4]], true,
            [18.20733933, -0.9671002062],
            [[12.28671342, -0.2661605008], [-0.6958169296, -0.1004979426]])
            {
                Call = (layer, x) => layer.Forward(Tokens()) + x[0],
            },
        // use(nn.Embedding(5, 4, padding_idx=1))(tokens) + x
        ["Embedding with padding"] = new(() => new Embedding(5, 4, new Generator(1), padding: 1), [[2, 3, 4]], true,
            [18.20733933, -0.9671002062],
            [[12.28671342, -0.2661605008], [2.78940395, 1.476241617]])
            {
                Call = (layer, x) => layer.Forward(Tokens()) + x[0],
            },
        // use(nn.Linear(4, 4))(x) + x
        ["Residual"] = new(() => new Residual(new Dense(4, 4, new Generator(1))), [[3, 4]], true,
            [2.107113102, 0.5850629341, 2.793505042, -0.8840780352, -1.697579252, -0.3206786378, 2.232989605, 0.9940391739, 0.1260505866,
            0.2328653939, -1.618956472, 1.282170686],
            [[5.789893942, -0.2511499954], [0.5058899638, -0.06352979974], [1.66488693, -1.101954393]]),
        // use(nn.Linear(4, 3), nn.Linear(4, 3, bias=False))(x)
        ["Residual with a shortcut"] =
            new(() => new Residual(new Dense(4, 3, new Generator(1)), new Dense(4, 3, new Generator(1), bias: false)),
                [[3, 4]], true,
                [2.164404153, -2.185266674, 3.053331171, -1.920288665, 1.441668427, 0.3032654285, -0.2485529003,
                    1.081586095, -0.6899151015],
                [[1.649484677, 0.1333768057], [1.43195679, -0.1888149697], [3.697539585, -4.228479792], [3.697539585, -4.228479792]]),
        // use(nn.Linear(4, 2))(reverse(x, 0.7))
        ["GradientReversal"] = new(() => new Sequential(new GradientReversal(0.7), new Dense(4, 2, new Generator(1))), [[3, 4]], true,
            [1.463832792, -1.093111661, -0.3976943658, 0.1762246313, -0.5525969569, 1.082677425],
            [[-1.117422232, 0.1656423651], [-0.1594957715, 0.1266585344], [-0.5286168251, -3.386336354]]),
        // x.reshape(3, 2, 2) * 1
        ["Reshape"] = new(() => new Reshape(2, -1), [[3, 4]], true,
            [0.64328031, 1.678174595, 1.097708216, -0.4637806649, -1.299884886, -0.4969032691, 1.067659647, 1.68403737, 0.6786475435,
            -0.8498120314, -1.231028875, -0.04840626317],
            [[5.998588953, -0.367189279]]),
        // x ** 2
        ["Lambda"] = new(() => new Lambda(x => x.Square(), "square"), [[3, 4]], true,
            [0.4138095572, 2.816269971, 1.204963328, 0.2150925052, 1.689700718, 0.2469128589, 1.139897121, 2.835981863, 0.4605624883,
            0.7221804887, 1.515432091, 0.002343166314],
            [[1.314061879, -1.830935252]]),
        // x * T([[1, 1, 0, 1], [1, 1, 0, 1], [0, 0, 1, 1]]) / 0.4
        ["Dropout"] = new(() => new Dropout(0.6, new Generator(1)), [[3, 4]], true,
            [1.608200775, 4.195436487, 0, -1.159451662, -3.249712216, -1.242258173, 0, 4.210093425, 0, 0, -3.077572187, -0.1210156579],
            [[10.13038793, -0.6491129285]]),
        // x * T([[1, 1, 0, 1], [1, 1, 0, 1], [0, 0, 1, 1]])
        ["Dropout, scaled at test"] = new(() => new Dropout(0.6, new Generator(1), scaleAtTest: true), [[3, 4]], true,
            [0.64328031, 1.678174595, 0, -0.4637806649, -1.299884886, -0.4969032691, 0, 1.68403737, 0, 0, -1.231028875, -0.04840626317],
            [[4.05215517, -0.2596451714]]),
        // x * 0.4
        ["Dropout, scaled at test, in evaluation"] = new(() => new Dropout(0.6, new Generator(1), scaleAtTest: true), [[3, 4]], false,
            [0.257312124, 0.671269838, 0.4390832865, -0.185512266, -0.5199539545, -0.1987613076, 0.4270638586, 0.673614948, 0.2714590174,
            -0.3399248126, -0.4924115499, -0.01936250527],
            [[2.399435581, -0.1468757116]]),
        // x * T([[1, 1, 0], [1, 1, 1]])[:, :, None, None] / 0.4
        ["Dropout2d"] = new(() => new Dropout2d(0.6, new Generator(1)), [[2, 3, 2, 2]], true,
            [30.07848747, -3.021979223],
            [[26.82831048, 0.3435401302]]),
        // nn.Dropout2d(0.6).eval()
        ["Dropout2d in evaluation"] = new(() => new Dropout2d(0.6, new Generator(1)), [[2, 3, 2, 2]], false,
            [13.73964825, -1.535680702],
            [[12.28671342, -0.2661605008]]),
        // x * torch.where(x > 0, 1, T([[.456103658676, .457873868942, .334290361404], [.384507226944, .368799304962, .449644756317]]))
        ["RRelu"] = new(() => new RRelu(new Generator(1), 0.1, 0.5), [[2, 3]], true,
            [0.64328031, 1.678174595, 1.097708216, -0.1783270174, -0.4793966426, -0.2234299494],
            [[2.03570441, -0.1794133604]]),
        // nn.Dropout(0.3).eval()
        ["Dropout in evaluation"] = new(() => new Dropout(0.3, new Generator(1)), [[3, 4]], false,
            [0.64328031, 1.678174595, 1.097708216, -0.4637806649, -1.299884886, -0.4969032691, 1.067659647, 1.68403737, 0.6786475435,
            -0.8498120314, -1.231028875, -0.04840626317],
            [[5.998588953, -0.367189279]]),
    };

    private static Tensor Tokens() => Tensor.From([3, 0, 1, 1, 4, 1], 2, 3);

    public static TheoryData<string, string> Cases => Golden.Cases(s_rows.Keys);

    [Theory, MemberData(nameof(Cases))]
    public void AsPyTorch(string name, string device) => FilledGolden.Check(device, s_rows[name]);
}
