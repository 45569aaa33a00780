"""The words of English."""

from __future__ import annotations

from handrail.words.table import Words

ENGLISH = Words(
    language="en",
    facts={
        "owner": (
            "owner", "process owner", "procedure owner", "document owner", "owned by", "owners",
            "responsible owner", "sop owner",
        ),
        "roles": (
            "roles", "roles in this process", "roles in this procedure", "roles and responsibilities",
            "roles & responsibilities", "participants", "people involved", "who is involved",
        ),
        "version": ("version", "revision", "document version", "version number"),
        "effective": ("effective", "effective date", "effective from", "in force from", "valid from", "date effective"),
        "approved_by": ("approved by", "approver", "approvers", "authorised by", "authorized by"),
        "change_reason": ("change reason", "reason for change", "reason for the change"),
        "supersedes": ("supersedes", "replaces"),
        "review.every": ("review every", "review cycle", "review interval", "review frequency", "reviewed every"),
        "review.last": ("last reviewed", "last review", "last reviewed on", "reviewed on", "last review date"),
        "review.next": ("next review", "review due", "next review date", "review by"),
        "clauses": ("clauses", "clause", "norm references", "covers clauses"),
        "purpose": ("purpose", "outcome", "goal of the process", "aim", "objective", "objectives", "intent"),
        "customer": ("customer", "customers", "for whom", "beneficiary", "beneficiaries"),
        "trigger": ("trigger", "triggers", "when to use", "when this happens", "when to use this", "starts when",
                    "when to use this procedure", "when to run", "when to follow this"),
        "inputs": ("inputs", "input", "what you need as input"),
        "outputs": ("outputs", "output", "deliverables"),
        "indicators": ("indicators", "indicator", "key performance indicators", "kpis", "kpi", "metrics", "measures"),
        "feedback": ("feedback", "feedback loop", "how we improve", "how we learn"),
        "part_of": ("part of", "part of process"),
        "process": ("process", "home process", "belongs to process"),
        "risk": ("risk", "risk level", "risk class"),
        "role": ("role", "done by", "performed by", "carried out by", "responsible role"),
        "prerequisites": ("prerequisites", "pre-requisites", "prerequisite", "requirements", "before you start",
                          "before you begin", "preconditions", "what you need", "you will need"),
        "done_when": ("done when", "definition of done", "expected result", "expected results", "success criteria",
                      "acceptance criteria", "exit criteria", "how you know it worked", "verify", "verification"),
        "may_deviate": ("may deviate", "deviation", "deviations", "exceptions", "who may deviate"),
        "competence": ("competence", "competency", "qualification", "qualifications", "required training"),
        "stand_in": ("stand-in", "stand in", "deputy", "substitute"),
        "named_by": ("how named", "named by", "appointed by", "how appointed"),
        "may_not": ("may not", "must not", "is not allowed to"),
        "template": ("template",),
        "fields": ("fields", "required fields"),
        "states": ("states", "life cycle", "lifecycle"),
        "kept": ("where kept", "kept in", "stored in", "where stored", "storage"),
        "kept_for": ("how long", "kept for", "retention", "retention period", "how long kept"),
        "status": ("status", "document status"),
        "order": ("order",),
        "area": ("area",),
        "title": (),
    },
    aspects=("scope", "goal", "goals", "flexibility", "focus", "limits", "limitations", "applicability"),
    labels={
        "input": ("input", "inputs", "takes in", "needs"),
        "output": ("output", "outputs", "gives", "result in"),
        "record": ("record", "records", "evidence", "document in", "logged in"),
        "expect": ("expect", "expected", "expected result", "expected outcome", "expected output", "result",
                   "you should see", "verify"),
        "within": ("within", "deadline", "time limit", "due"),
        "every": ("every", "frequency", "how often", "repeat every"),
        "takes": ("takes", "duration", "time needed", "estimated time"),
        "warning": ("warning", "caution", "danger", "warnings", "attention"),
        "if_not": ("if not", "if this fails", "if it fails", "on failure", "otherwise do", "if unsuccessful"),
        "wait": ("wait", "wait for"),
        "hold": ("hold", "hold point", "released by", "stop point", "gate"),
        "consult": ("consult", "consulted", "ask", "asked"),
        "inform": ("inform", "informed", "notify", "tell", "told"),
        "approve": ("approve", "approves", "approved by", "approver"),
        "judgement": ("judgement", "judgment", "left to judgement", "left to judgment", "discretion"),
        "starts_when": ("starts when", "start when", "begins when"),
        "throughout": ("throughout", "all the time", "meanwhile"),
        "at_once": ("at once", "in parallel", "at the same time"),
        "stop": ("stop", "stop and inform", "stop and tell"),
        "next": ("next", "then", "next step", "go to"),
        "when": ("when", "condition", "if", "only if", "only when"),
        "after": ("after",),
        "who": ("who", "role", "roles", "responsible", "delegate to", "done by",
                "performed by", "by whom", "actor", "responsibility", "assigned to"),
        "participants": ("participants", "participant", "people involved"),
        "note": ("note", "notes", "tip", "hint", "important", "example", "examples", "e.g", "remember", "info",
                 "information", "optional", "background", "why", "reason", "see", "see also", "nb", "n.b", "todo"),
    },
    steps_headings=(
        "steps", "procedure", "procedures", "process steps", "procedure steps", "instructions", "checklist",
        "workflow", "what to do", "how to", "step by step", "step-by-step", "action items", "actions", "activities",
        "tasks", "runbook", "playbook", "method", "protocol", "process", "flow",
    ),
    to_words=("to", "when"),
    how_to=("how to",),
    steps_endings=("steps", "procedure", "checklist", "instructions", "workflow"),
    flow_headings=(
        "flow", "process", "process flow", "process steps", "process overview", "steps", "activities", "workflow", "the flow",
        "procedure", "phases", "stages", "how it works", "the process",
    ),
    not_steps=(
        "references", "reference", "agenda", "agendas", "definitions", "contents", "table of contents", "see also",
        "further reading", "links", "resources", "glossary", "terms", "terminology", "abbreviations", "related",
        "related documents", "related links", "related pages", "useful resources", "useful links", "bibliography",
        "sources", "footnotes", "changelog", "change log", "revision history", "history", "examples", "example",
        "faq", "questions", "contacts", "contact", "acknowledgements", "credits", "literature", "on this page",
        "attendees", "principles", "background", "more information", "additional resources", "external resources",
    ),
    lead_ins=("agenda", "for example", "examples include", "following resources", "following links", "following references",
              "definitions", "further reading", "see also", "useful links"),
    sections=(
        "purpose", "scope", "references", "reference", "definitions", "responsibilities", "introduction",
        "abbreviations", "revision history", "terms", "terms and definitions", "roles and responsibilities",
        "objective", "objectives", "summary", "background", "overview", "related documents", "appendix", "annex",
        "normative references", "glossary", "general", "document history", "records",
    ),
    step=("step",),
    step_columns=("step", "steps", "#", "no", "no.", "nr", "nr.", "step no", "step #", "step number"),
    text_columns=("action", "actions", "what", "task", "tasks", "activity", "activities", "description", "do",
                  "instruction", "instructions", "what to do", "details", "procedure", "step"),
    for_words=("for", "by", "of"),
    jump=("go", "goes", "going", "move", "moves", "return", "returns", "continue", "continues", "skip", "skips",
          "repeat", "repeats", "jump", "proceed", "proceeds"),
    jump_between=("back", "on", "to", "the", "step", "straight", "directly", "with", "at", "from", "over", "ahead", "forward",
                  "again", "down", "up", "section", "steps"),
    mention=("see", "use", "using", "from", "via", "per", "with", "in"),
    end=("end", "ends", "end here", "finish", "done", "the end", "end of process", "end of procedure"),
    condition=("if", "when", "once", "after", "unless", "whenever", "as soon as", "in case", "in the event",
               "only if", "only when", "provided", "should"),
    otherwise=("otherwise", "else", "if not"),
    optional=("optional", "optionally", "if desired", "if you like"),
    bracket=("optional", "if", "only", "unless", "except", "when", "once", "skip if", "only if", "only for", "after",
             "for"),
    bracket_end=("only", "optional"),
    negative=("no", "not", "rejected", "failed", "fail", "fails"),
    articles=("the", "a", "an", "your", "our", "each", "every", "one", "all", "any"),
    not_roles=(
        "the", "a", "an", "your", "our", "this", "that", "these", "those", "it", "is", "are", "be", "to", "in",
        "on", "at", "with", "from", "into", "as", "if", "when", "not", "no", "new", "all", "by", "per", "via", "how",
        "what", "why", "where", "who", "which", "you", "we", "using", "before", "during", "until", "while",
        "step", "phase", "stage", "option", "note", "example", "part", "day", "week", "yes", "case", "method",
        "type", "level", "mode", "error", "issue", "problem", "problems", "cause", "causes", "solution", "result",
        "results", "status", "date", "time", "name", "title", "description", "summary", "overview", "details",
        "access", "impact", "priority", "severity", "version", "goal", "purpose", "scope",
    ),
    agents=tuple(
        """manager lead leader leads engineer officer owner team teams coordinator director commander scribe liaison
        deputy expert reviewer approver author developer operator maintainer administrator admin user customer
        requester requestor staff employee group committee board department desk qa qmo qms ceo cto cfo coo ciso dpo
        hr it legal finance support operations ops sales marketing security engineering assistant analyst specialist
        technician nurse doctor physician pharmacist scientist researcher chair chairperson president secretary
        treasurer member volunteer host facilitator trainer trainee auditor inspector supplier vendor supervisor head
        chief executive steward mentor buddy on-call oncall responder champion everybody everyone anyone council unit
        office clerk agent contractor partner client patient tester designer architect sponsor witness guard driver
        helpdesk service-desk ic sme pm po sre dba rm scrum crew shift sponsor accounting procurement warehouse
        laboratory lab quality regulatory management leadership person people""".split()
    ),
    agent_ending=r"\w{3,}(?:er|or|ist|ee)s?",
    not_agents=tuple(
        """server servers cluster order number timer container folder header footer router controller error errors
        monitor sensor vector factor color colour paper letter layer buffer browser printer computer driver filter
        counter parameter register ledger folder matter power water center centre center floor door mirror manner
        calendar cover answer offer trigger transfer chapter newsletter character identifier placeholder pointer
        helper loader parser compiler docker helm worker scheduler consumer producer balancer provider adapter
        connector selector operator user-error list checklist artist-list committee-list fee tree degree guarantee
        other another either neither never ever over under after before later earlier however together whether
        september october november december order-number blocker master cluster-operator exporter alertmanager
        outlier tier barrier carrier tor motor indicator descriptor executor processor editor""".split()
    ),
    verbs=tuple(
        """accept access account achieve acknowledge acquire act activate adapt add address adjust adopt advise agree
        align allocate allow amend analyse analyze announce answer append apply appoint approve arrange ask assemble
        assess assign attach attend audit authorise authorize avoid back backup bake balance be become begin block
        book boot bring browse build bump call cancel capture carry catch celebrate change charge chat check choose
        clarify classify clean clear click clone close collate collect combine commit communicate compare compile
        complete compose conduct configure confirm connect consider consult contact continue control convert
        coordinate copy correct cover create cut deactivate deal debug decide decrease define delegate delete deliver
        deploy describe design destroy detect determine develop diagnose disable discard disconnect discuss dismiss
        distribute document download draft drain drop edit eliminate enable encrypt encourage engage ensure enter
        escalate establish estimate evaluate examine execute exit expand expect explain explore export express extend
        extract fail fetch file fill filter finalise finalize find finish fix flag flush focus follow force forward
        freeze gather generate get give go grant group guide hand handle have help hire hold identify implement
        import improve include increase inform inspect install integrate introduce investigate invite involve isolate
        join keep kick kill label land launch lead learn leave let limit link list listen load locate lock log login
        look maintain make manage map mark measure meet merge migrate mitigate modify monitor mount move name
        navigate negotiate note notify obtain offer onboard open optimise optimize order organise organize pack page
        patch pause pay perform pick ping place plan plug point poll populate post prepare present press prevent
        print prioritise prioritize process produce promote propose protect prove provide provision publish pull
        purchase push put query quit raise reach read rebase reboot rebuild receive recheck recognise recognize
        recommend reconcile record recover recruit redeploy reduce refer refine refresh register reject relaunch
        release reload remind remove rename reopen repair repeat replace reply report reproduce request require
        rerun reschedule research reset resolve respond restart restore restrict resume retain retire retrieve retry
        return revert review revise revoke rinse roll rotate route run save scale schedule search secure see select
        send separate serve set setup share ship show shut sign silence skip solve sort specify split squash stabilise
        stabilize stage start state stop store submit subscribe suggest summarise summarize support suspend switch
        sync tag take talk teach tell terminate test thank think tidy track train transfer transition treat triage
        troubleshoot try turn type understand undo uninstall unlock unmount unplug unsubscribe update upgrade upload
        use validate vent verify view visit wait wake warn wash watch weigh welcome wipe work wrap write zip""".split()
    ),
    subject_verb=r"(?:\w+s|will|shall|must|should|may|can|do|have|are)\b",
    statuses={
        "draft": ("draft", "work in progress", "wip"),
        "in review": ("in review", "under review", "review", "proposed"),
        "effective": ("effective", "active", "approved", "released", "in force", "current", "published", "final"),
        "superseded": ("superseded", "replaced", "obsolete"),
        "withdrawn": ("withdrawn", "archived", "retired", "deprecated"),
    },
    risks={"low": ("low", "minor"), "medium": ("medium", "moderate"), "high": ("high", "critical", "severe", "major")},
    orders={
        "sequence": ("sequence", "in order", "in sequence", "sequential"),
        "any": ("any", "any order", "in any order", "as needed"),
        "ongoing": ("ongoing", "all the time", "throughout", "continuous"),
    },
    time_units={
        "minute": ("minute", "minutes", "min", "mins"),
        "hour": ("hour", "hours", "h", "hr", "hrs"),
        "day": ("day", "days"),
        "week": ("week", "weeks"),
        "month": ("month", "months"),
        "year": ("year", "years"),
    },
    day_kinds={
        "calendar": ("calendar",),
        "working": ("working", "business", "work"),
        "elapsed": ("elapsed", "elapsed calendar"),
    },
    from_words=("of", "after", "from", "following", "since", "before"),
    all_words=("and", "all of", "both"),
    any_words=("or", "any of", "either", "one of"),
    true_words=("yes", "true", "y"),
    placeholders=("todo", "tbd", "tba", "tbc", "fixme", "xxx", "n.n", "yyyy-mm-dd", "dd.mm.yyyy", "dd/mm/yyyy",
                  "to be defined", "to be determined", "to be done"),
    site={},
)
