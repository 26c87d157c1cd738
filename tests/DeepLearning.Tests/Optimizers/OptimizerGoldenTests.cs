namespace DeepLearning.Tests.Optimizers;

/// <summary>
/// Fifty steps of every optimizer, with every option, against PyTorch 1.13 in double precision; see tests/golden for how the rows are made.
/// </summary>
public class OptimizerGoldenTests
{
    private static readonly Dictionary<string, (Func<Parameter[], Optimizer> Make, double[] Expected)> s_rows = new()
    {
        // optim.SGD(p, lr=0.05)
        ["Sgd"] = (p => new Sgd(p, 0.05),
            [-0.3305366862126, -0.4539284416012, 0.01649287529061, -0.4912921132532, -0.2063021629412, -0.3839269826291,
             0.6818335409971, -1.19188836874]),
        // optim.SGD(p, lr=0.05, weight_decay=0.1)
        ["Sgd decay"] = (p => new Sgd(p, 0.05, weightDecay: 0.1) { DecayBiases = true },
            [-0.3196571573881, -0.4347682240387, 0.007743330259407, -0.4332381688203, -0.162435203779, -0.3374938671234,
             0.6368984442393, -1.061173527664]),
        // optim.SGD([dict(params=p[:1], weight_decay=0.1), dict(params=p[1:])], lr=0.05)
        ["Sgd decay weights only"] = (p => new Sgd(p, 0.05, weightDecay: 0.1),
            [-0.3207176178269, -0.4357505805826, 0.006600665343359, -0.459476602794, -0.1929767229695, -0.359901187386,
             0.6824782872282, -1.178317640271]),
        // optim.SGD(p, lr=0.02, momentum=0.8)
        ["Momentum"] = (p => new Momentum(p, 0.02, 0.8),
            [-0.07207454380757, -0.4833550489677, 1.017407123015, -0.511128779009, 0.3612586591018, -0.6158551160474,
             0.6108434176977, -1.360856819114]),
        // optim.SGD(p, lr=0.02, momentum=0.8, weight_decay=0.1)
        ["Momentum decay"] = (p => new Momentum(p, 0.02, 0.8, 0.1) { DecayBiases = true },
            [-0.06429030634304, -0.4677726942956, 1.016123851608, -0.498456281519, 0.3388095831585, -0.6024554842925,
             0.5701127445879, -1.267811269711]),
        // optim.SGD(p, lr=0.02, momentum=0.8, dampening=0.3)
        ["Momentum dampening"] = (p => new Momentum(p, 0.02, 0.8, dampening: 0.3),
            [-0.1537813853301, -0.4577562577235, 0.608698091103, -0.5627260327587, 0.05520384535104, -0.5921760721044,
             0.6619775187053, -1.379419108758]),
        // optim.SGD(p, lr=0.02, momentum=0.8, dampening=0.8, weight_decay=0.1)
        ["Momentum dampening decay"] = (p => new Momentum(p, 0.02, 0.8, 0.1, 0.8) { DecayBiases = true },
            [-0.09007838079899, -0.4262923596332, 0.09789694304366, -0.369554016082, 0.3957056432791, -0.2783523675897,
             0.4809460359634, -0.8926712985788]),
        // optim.SGD(p, lr=0.02, momentum=0.8, nesterov=True)
        ["Nesterov"] = (p => new Nesterov(p, 0.02, 0.8),
            [-0.172875303592, -0.4812695162892, 0.7873796128731, -0.5378410071796, 0.1544796202683, -0.5457869136792,
             0.6287770847055, -1.376178350375]),
        // optim.SGD(p, lr=0.02, momentum=0.8, nesterov=True, weight_decay=0.1)
        ["Nesterov decay"] = (p => new Nesterov(p, 0.02, 0.8, 0.1) { DecayBiases = true },
            [-0.1638055704261, -0.4623110734824, 0.7700485693211, -0.4989681676563, 0.1635584999226, -0.5079283556084,
             0.584218343913, -1.252523814782]),
        // optim.Adagrad(p, lr=0.1, eps=1e-7)
        ["AdaGrad"] = (p => new AdaGrad(p, 0.1),
            [-0.2032578011495, -0.464065718028, 0.4170225519732, -0.3407492218582, 0.5324065891086, -0.2465546481034,
             0.7399551148584, -1.145106328751]),
        // optim.Adagrad(p, lr=0.1, eps=0.5, weight_decay=0.1)
        ["AdaGrad epsilon decay"] = (p => new AdaGrad(p, 0.1, 0.5, 0.1) { DecayBiases = true },
            [-0.1851535189216, -0.4485108713792, 0.4087384508307, -0.327231547685, 0.4997276228687, -0.2367835933927,
             0.647990647161, -1.01745569223]),
        // optim.RMSprop(p, lr=0.01, alpha=0.9, eps=1e-7)
        ["RmsProp"] = (p => new RmsProp(p, 0.01),
            [0.1234396365679, -0.4588316989036, 0.6323270480337, -0.3780437266263, 0.7372599436163, -0.1744516407564,
             0.6240064986591, -0.9247804280677]),
        // optim.RMSprop(p, lr=0.01, alpha=0.7, eps=0.1, weight_decay=0.1)
        ["RmsProp rho epsilon decay"] = (p => new RmsProp(p, 0.01, 0.7, 0.1, 0.1) { DecayBiases = true },
            [0.2025237361504, -0.4235408421116, 0.6763381387265, -0.3658677820382, 0.7700304895395, -0.107926555476,
             0.5011585731677, -0.824928695955]),
        // RMSpropNesterov(p, lr=0.01)
        ["RmsPropNesterov"] = (p => new RmsPropNesterov(p, 0.01),
            [-0.09726726324991, -0.4446732729413, -0.1477591738271, -0.5776632637881, -0.2632403877143, -0.5888792761525,
            0.7757703403416, -1.398056630232]),
        // RMSpropNesterov(p, lr=0.01, momentum=0.8, alpha=0.7, eps=0.1, weight_decay=0.1)
        ["RmsPropNesterov momentum rho epsilon decay"] = (p => new RmsPropNesterov(p, 0.01, 0.8, 0.7, 0.1, 0.1) { DecayBiases = true },
            [-0.2776008104391, -0.4558127060952, 0.2955730211438, -0.3415376970701, 0.3923435719114, -0.3142246815911, 0.6972865453931,
            -1.059973544652]),
        // optim.RMSprop(p, lr=0.01, alpha=0.9, eps=1e-7, centered=True)
        ["RmsProp centered"] = (p => new RmsProp(p, 0.01, centered: true),
            [-0.03127890636929, -0.4686498025319, 0.5912610582367, -0.355620705663, 0.7057445485333, -0.2002412505651,
             0.6713494925711, -1.181430826714]),
        // optim.RMSprop(p, lr=0.01, alpha=0.9, eps=1e-7, momentum=0.8)
        ["RmsProp momentum"] = (p => new RmsProp(p, 0.01, momentum: 0.8),
            [-0.2353359118804, -0.4798927369203, 0.1374977862298, -0.4747513918965, 0.2105733066379, -0.3761677645138,
             0.7760975632893, -1.164047691751]),
        // optim.RMSprop(p, lr=0.01, alpha=0.7, eps=0.1, momentum=0.8, centered=True, weight_decay=0.1)
        ["RmsProp momentum centered decay"] = (p => new RmsProp(p, 0.01, 0.7, 0.1, 0.1, 0.8, centered: true) { DecayBiases = true },
            [-0.1133620363531, -0.4841604296209, -0.05534089110542, -0.5830877267367, -0.1682166088788, -0.570745728268,
             0.6967422791184, -1.336369386372]),
        // optim.Adadelta(p, lr=1, rho=0.9, eps=1e-6)
        ["Adadelta"] = (p => new Adadelta(p),
            [0.3465564848663, -0.3845924171422, 0.7399914820396, -0.4770241661545, 0.8362997412751, 0.02072715856637,
             0.3632818005874, -0.5715995500692]),
        // optim.Adadelta(p, lr=0.5, rho=0.8, eps=1e-3, weight_decay=0.1)
        ["Adadelta rho epsilon decay"] = (p => new Adadelta(p, 0.5, 0.8, 1e-3, 0.1) { DecayBiases = true },
            [-0.3430585479173, -0.360098142479, 0.1297044055885, -0.4100861908816, 0.1421390719261, -0.2617458756892,
             0.7012406389576, -1.044123456369]),
        // optim.Adam(p, lr=0.02)
        ["Adam"] = (p => new Adam(p, 0.02),
            [-0.09414311537502, -0.4974172830081, 0.5268362011173, -0.316125434809, 0.6430857010389, -0.2876615385342,
             0.6864771929076, -1.156631065453]),
        // optim.Adam(p, lr=0.02, betas=(0.8, 0.9), eps=0.1, weight_decay=0.1)
        ["Adam betas epsilon decay"] = (p => new Adam(p, 0.02, 0.8, 0.9, 0.1, 0.1) { DecayBiases = true },
            [-0.0426986186005, -0.4743891449795, 0.5607450297839, -0.3062714834877, 0.6621372132088, -0.261650576509,
             0.6136196894659, -1.071930088045]),
        // optim.Adamax(p, lr=0.02)
        ["Adamax"] = (p => new Adamax(p, 0.02),
            [0.1680690747953, -0.4696054644631, 0.6452479017674, -0.3534615379106, 0.7494550084073, -0.2096182416632,
             0.632385963625, -1.060349965004]),
        // optim.Adamax(p, lr=0.02, betas=(0.8, 0.9), eps=0.1, weight_decay=0.1)
        ["Adamax betas epsilon decay"] = (p => new Adamax(p, 0.02, 0.8, 0.9, 0.1, 0.1) { DecayBiases = true },
            [-0.02464574298129, -0.4747520238088, 0.620728972784, -0.2973375458496, 0.7200377025914, -0.2419047836494,
             0.5996441037103, -1.146845730257]),
        // optim.AdamW(p, lr=0.02)
        ["AdamW"] = (p => new AdamW(p, 0.02) { DecayBiases = true },
            [-0.09661215395404, -0.4970658907356, 0.5201604921813, -0.3162010157946, 0.6353396709472, -0.2868743136365,
             0.6875090576154, -1.15055832328]),
        // optim.AdamW(p, lr=0.02, betas=(0.8, 0.9), eps=0.1, weight_decay=0.5)
        ["AdamW betas epsilon decay"] = (p => new AdamW(p, 0.02, 0.8, 0.9, 0.1, 0.5) { DecayBiases = true },
            [-0.1076029028818, -0.4561379508258, 0.3155425948775, -0.3274482912195, 0.3724955340402, -0.2412123524234,
             0.6224479103211, -0.8630598989973]),
        // optim.Adam(p, lr=0.02, amsgrad=True)
        ["AMSGrad"] = (p => new Adam(p, 0.02, amsgrad: true),
            [-0.09408258850062, -0.4974055841968, 0.5268436348052, -0.3161328573224, 0.6430849711741, -0.2876553529838,
             0.6864150635543, -1.156603708839]),
        // optim.Adam(p, lr=0.02, betas=(0.8, 0.9), eps=0.1, weight_decay=0.1, amsgrad=True)
        ["AMSGrad betas epsilon decay"] = (p => new Adam(p, 0.02, 0.8, 0.9, 0.1, 0.1, amsgrad: true) { DecayBiases = true },
            [0.01171466078623, -0.470573523895, 0.5657547416171, -0.3273908549728, 0.6655436280005, -0.2504254325359,
             0.5869377217495, -0.9967619515629]),
        // optim.Adam([dict(params=p[:1], lr=0.05, weight_decay=0.1), dict(params=p[1:], lr=0.005)])
        ["Adam in groups"] = (p => new Adam(p, 0.01) { Groups = [new(p[..1], 5, 0.1), new(p[1..], 0.5)] },
            [-0.3450215638439, -0.4753433855555, 0.1253475068545, -0.331380862925, 0.09792794579486, -0.3451082345396,
             0.4641152972998, -0.6288128277884]),
        // Lion(p, lr=0.02)
        ["Lion"] = (p => new Lion(p, 0.02), [-0.38, -0.42, 0.12, -0.44, 0.22, -0.42, 0.8, -1.4]),
        // Lion(p, lr=0.02, betas=(0.8, 0.95), weight_decay=0.5)
        ["Lion betas decay"] = (p => new Lion(p, 0.02, 0.8, 0.95, 0.5) { DecayBiases = true },
            [-0.4134075211415, -0.4420870251752, -0.00760143435921, -0.481487708068, -0.08552966897633, -0.3715061716227,
             0.7921850791524, -1.03199029258]),
        // Muon(p, lr=0.02)
        ["Muon"] = (p => new Muon(p, 0.02, weightDecay: 0),
            [0.3673215269263, -0.3319566133906, 0.6425798046249, -0.4412706896199, 0.7200607177513, -0.02114702126343,
             0.6272041963382, -1.170111903508]),
        // Muon(p, lr=0.05, momentum=0.8, weight_decay=0.5)
        ["Muon momentum decay"] = (p => new Muon(p, 0.05, 0.8, 0.5),
            [-0.04957829135213, -0.1608032959708, 0.1615737800743, -0.2026494547341, 0.1002366953534, -0.06817123410026,
             0.7262555768197, -1.15968440304]),
        // NAdam(p, lr=0.02)
        ["Nadam"] = (p => new Nadam(p, 0.02),
            [-0.1357364438591, -0.4845413868962, 0.484029527392, -0.3368979619384, 0.6035175198411, -0.2593855569512,
             0.711166036374, -1.065373883173]),
        // NAdam(p, lr=0.02, betas=(0.8, 0.9), eps=0.1, weight_decay=0.1, momentum_decay=0.02)
        ["Nadam betas epsilon decay psi"] = (p => new Nadam(p, 0.02, 0.8, 0.9, 0.1, 0.1, 0.02) { DecayBiases = true },
            [-0.091977238468, -0.4568402741101, 0.4999358465454, -0.3250627030761, 0.6057119200277, -0.2389853351302,
             0.622948453651, -1.030708739036]),
        // optim.RAdam(p, lr=0.02)
        ["RAdam"] = (p => new RAdam(p, 0.02),
            [0.4631457206502, -0.3969302928326, 0.9435857269222, -0.4771518977892, 0.9591655487947, -0.08199630232398, 0.3166959025038,
            -0.5733398716738]),
        // optim.RAdam(p, lr=0.02, betas=(0.8, 0.9), eps=0.1, weight_decay=0.1)
        ["RAdam betas epsilon decay"] = (p => new RAdam(p, 0.02, 0.8, 0.9, 0.1, 0.1) { DecayBiases = true },
            [0.06620978173406, -0.4651723441146, 0.7228705419744, -0.3215049532908, 0.7521134181834, -0.2620954541177, 0.5656535621273,
            -0.9998260724749]),
    };

    public static TheoryData<string> Names => [.. s_rows.Keys];

    [Theory, MemberData(nameof(Names))]
    public void MatchesPyTorchInDoublePrecision(string name)
    {
        using IDisposable _ = Device.Use(Device.Reference);
        AssertClose(s_rows[name].Expected, Train(s_rows[name].Make), 1e-11);
    }

    [Theory, MemberData(nameof(Names))]
    public void MatchesPyTorchInFloat32(string name) => AssertClose(s_rows[name].Expected, Train(s_rows[name].Make), 1e-5);

    [Theory, MemberData(nameof(Names))]
    public void ItsFormulaMatchesPyTorchInFloat32(string name) =>
        AssertClose(s_rows[name].Expected, Train(s_rows[name].Make, fused: false), 1e-5);

    private static double[] Train(Func<Parameter[], Optimizer> make, bool fused = true)
    {
        MovingTarget problem = new();
        Optimizer optimizer = make([problem.W, problem.B]);
        optimizer.UseFusedKernels = fused;
        for (int t = 1; t <= 50; t++)
        {
            optimizer.ClearGradients();
            problem.Loss(t).Backward();
            optimizer.Step();
        }
        Assert.Equal(50, optimizer.StepCount);
        return problem.Values;
    }

    private static void AssertClose(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"number {i}: expected {expected[i]}, got {actual[i]}");
    }
}
